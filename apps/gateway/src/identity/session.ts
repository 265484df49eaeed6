import type { Actor } from '@graphdesk/identity';

/** A caller whose token was verified. */
export interface Session {
  readonly actor: Actor;
  /** When the token ends, milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What one operation carries to the subgraphs. */
export interface OperationContext {
  readonly actor: Actor;
  readonly correlationId: string;
  /** W3C trace context of the caller. */
  readonly traceparent?: string;
  /** Fires when the caller has gone. */
  readonly signal?: AbortSignal;
}
