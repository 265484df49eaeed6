import type { DeliveryOutcome } from '../domain/delivery-outcome.js';

/** The longest reason that is kept, in characters. */
const REASON_LIMIT = 200;

/** What the SMTP client says about a failed try; all of it may be missing. */
interface SmtpFault {
  readonly code?: unknown;
  /** The code of the system, such as ECONNREFUSED. */
  readonly originalCode?: unknown;
  /** The server's answer, if it gave one. */
  readonly response?: unknown;
  readonly responseCode?: unknown;
  /** What the answer was to, such as `RCPT TO`. */
  readonly command?: unknown;
  /** Which wait was too long. */
  readonly timeoutType?: unknown;
}

/** Faults after which the server cannot have the message, and what is said of each. */
const BEFORE_THE_MESSAGE: Readonly<Record<string, string>> = {
  EDNS: 'the mail server is not found',
  ETLS: 'no encrypted connection to the mail server',
  EREQUIRETLS: 'no encrypted connection to the mail server',
  EAUTH: 'the mail server refuses our credentials',
  ENOAUTH: 'the mail server wants credentials',
  ECONNREFUSED: 'the mail server cannot be reached',
  EHOSTUNREACH: 'the mail server cannot be reached',
  ENETUNREACH: 'the mail server cannot be reached',
  CONNECTION_TIMEOUT: 'the mail server did not answer in time',
  GREETING_TIMEOUT: 'the mail server did not answer in time',
};

/**
 * What a failed try means. An answer of 5xx to this message or this recipient is final; everything else may pass, a refusal of our
 * sender, our credentials or of the connection too: that is our fault or the server's, and the next try may find it mended.
 */
export function outcomeOfFault(error: unknown): DeliveryOutcome {
  const { code, originalCode, response, responseCode, command, timeoutType }: SmtpFault =
    typeof error === 'object' && error !== null ? error : {};
  const early = [originalCode, timeoutType, code].map((name) => BEFORE_THE_MESSAGE[String(name)]).find(Boolean);
  if (early) return { kind: 'TEMPORARY', reason: early, mayHaveArrived: false };
  if (typeof responseCode === 'number' && typeof response === 'string') {
    const reason = withoutAddresses(response);
    const aboutTheMessage = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE';
    if (aboutTheMessage && responseCode >= 500) return { kind: 'PERMANENT', reason };
    return { kind: 'TEMPORARY', reason, mayHaveArrived: false };
  }
  const late = code === 'ETIMEDOUT' || code === 'EABORT';
  const reason = late ? 'the mail server did not answer in time' : 'the connection to the mail server was lost';
  return { kind: 'TEMPORARY', reason, mayHaveArrived: true };
}

/** A server's answer as one line; servers like to repeat the address, which must not reach events and logs. */
function withoutAddresses(response: string): string {
  const line = response.replaceAll(/[\p{Cc}\s]+/gu, ' ').replaceAll(/\S*@\S*/g, '(address)');
  return line.trim().slice(0, REASON_LIMIT);
}
