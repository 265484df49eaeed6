import { AsyncLocalStorage } from 'node:async_hooks';

/** Why something is happening: what every event made meanwhile carries, so a chain can be followed through all services. */
export interface Cause {
  /** The request or delivery that began it all. */
  readonly correlationId: string;
  /** The event being handled, if one is. */
  readonly causationId?: string;
  /** W3C trace context, if the request had one. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<Cause>();

/** Runs `work` under a cause; everything it awaits sees the same. */
export function withCause<T>(cause: Cause, work: () => T): T {
  return storage.run(cause, work);
}

/** The cause in force, if any. */
export function currentCause(): Cause | undefined {
  return storage.getStore();
}
