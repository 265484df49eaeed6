import type { EventContract } from '../define-event.js';

/** Every event of sla, in all versions. */
export const SLA_EVENTS: readonly EventContract[] = [];
