import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** Keys whose values never reach a log. */
const REDACT = ['authorization', 'secret', 'password', 'token', '*.authorization', '*.secret', '*.password', '*.token'];

/** One JSON line per entry, on stdout unless another file descriptor is given. */
export function createLogger(name: string, level: string, descriptor = 1): Logger {
  return pino({ name, level, redact: REDACT }, pino.destination({ fd: descriptor, sync: true }));
}

/** Nest's own messages through the same logger, its start-up chatter at debug. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    debug: (message: unknown) => logger.trace(String(message)),
    verbose: (message: unknown) => logger.trace(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) => logger.error({ rest }, String(message)),
  };
}
