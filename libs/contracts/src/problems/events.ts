import type { EventContract } from '../define-event.js';

/** Every event of problems, in all versions. */
export const PROBLEMS_EVENTS: readonly EventContract[] = [];
