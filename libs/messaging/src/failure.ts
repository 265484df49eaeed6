import { createHash } from 'node:crypto';

/** An error as it is kept beside a parked event. All but `detail` is free of anybody's data, so operators may see it. */
export interface Failure {
  /** The error's class, and its code if it has one, such as `QueryFailedError 23505`. */
  readonly name: string;
  /** Equal for errors from the same place in the same build: 12 hexadecimal digits of the stack without its message. */
  readonly fingerprint: string;
  /** Where it was thrown: the innermost frame of our own code, or of any. */
  readonly origin: string;
  /** Message and stack; may quote what is in the event. At most 8,000 characters. */
  readonly detail: string;
}

const DETAIL_LENGTH = 8_000;

/** Describes whatever was thrown. */
export function failureOf(thrown: unknown): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const frames = framesOf(error);
  return {
    name: [error.constructor.name, codeOf(error)].filter(Boolean).join(' '),
    fingerprint: createHash('sha256').update(frames.join('\n')).digest('hex').slice(0, 12),
    origin: frames.find((frame) => !/node_modules|node:/.test(frame)) ?? frames[0] ?? 'unknown',
    // Postgres takes no NUL in text.
    detail: (error.stack ?? error.message).replaceAll('\0', '').slice(0, DETAIL_LENGTH),
  };
}

/** The frames without their folders, which differ from machine to machine; the message before them may quote data. */
function framesOf(error: Error): readonly string[] {
  const stack = error.stack ?? '';
  const afterMessage = stack.indexOf(error.message) + error.message.length;
  const lines = stack
    .slice(Math.max(0, afterMessage))
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return lines.map((line) =>
    line
      .trim()
      .replace(/^at (?:async )?/, '')
      .replace(/(?:file:\/\/)?\/\S*?\/((?:libs|apps|node_modules)\/)/, '$1'),
  );
}

/** An SQLSTATE or system code, never free text. */
function codeOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return /^[A-Z0-9_]{1,40}$/.test(code) ? code : '';
}
