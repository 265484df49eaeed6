import { HttpException } from '@nestjs/common';

/** A webhook's refusal: an HTTP status and a body `{code, message, path?}` whose code is stable. */
export class HookError extends HttpException {
  constructor(status: number, code: string, message: string, path?: string) {
    super(path === undefined ? { code, message } : { code, message, path }, status);
  }
}

/**
 * The one answer to a webhook whose source does not exist and to one that cannot prove to be its source: who tries ids learns
 * nothing. Compare credentials also when there is no source, so that both take as long.
 */
export function invalidCredentials(): HookError {
  return new HookError(401, 'INVALID_CREDENTIALS', 'there is no such source, or the credentials are not its own');
}
