import { HttpException } from '@nestjs/common';

/** A webhook's refusal: an HTTP status and a body `{code, message, path?}` whose code is stable. */
export class HookError extends HttpException {
  constructor(status: number, code: string, message: string, path?: string) {
    super(path === undefined ? { code, message } : { code, message, path }, status);
  }
}
