import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What ties a request to its traces and logs. */
export interface RequestTrace {
  readonly correlationId: string;
  readonly traceparent?: string;
}

const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Takes the caller's correlation id and trace context where they are well formed, and makes an id where there is none. */
export function traceOf(headers: IncomingHttpHeaders): RequestTrace {
  const given = headers['x-correlation-id'];
  const correlationId = typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
  const { traceparent } = headers;
  const known = typeof traceparent === 'string' && TRACEPARENT.test(traceparent);
  return { correlationId, ...(known && { traceparent }) };
}
