import { pino } from 'pino';
import { startGateway } from './gateway.js';
import { readSettings } from './settings.js';

/** A second signal, or a shutdown that takes longer than this, ends the process at once; milliseconds. */
const HARD_STOP_MS = 10_000;

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel, base: { service: 'gateway' } });
  const gateway = await startGateway(settings, log);
  log.info({ url: gateway.url }, 'gateway ready for requests');
  let stopping = false;
  const end = (exitCode: number): void => {
    stopping = true;
    setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
    void gateway.close().then(
      () => process.exit(exitCode),
      (err: unknown) => {
        log.error({ err }, 'gateway did not stop in good order');
        process.exit(1);
      },
    );
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    log.info({ signal }, 'gateway stops');
    end(0);
  };
  void gateway.broken.then((err) => {
    log.fatal({ err }, 'the event stream cannot be used; ending, to be started anew');
    if (!stopping) end(1);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
