import type { EventContract } from '../define-event.js';

/** Every event of communications, in all versions. */
export const COMMUNICATIONS_EVENTS: readonly EventContract[] = [];
