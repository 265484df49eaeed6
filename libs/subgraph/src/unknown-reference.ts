import { refuse, type Refused } from '@graphdesk/decisions';

/**
 * Refuses an input that names something of another service which is not known here. It may not exist, or its event may not have
 * arrived yet: hence the refusal is retryable. A service that looks among its own things knows better, and says so with `refuse`.
 */
export function unknownReference(id: string, path: string): Refused<'UNKNOWN_REFERENCE'> {
  return refuse('UNKNOWN_REFERENCE', `there is no ${id}`, { path: [path], retryable: true });
}
