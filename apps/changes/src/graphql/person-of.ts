import { isId } from '@graphdesk/contracts';
import type { PersonReference } from './foreign.reference.js';

/** The person behind an actor's id; null for pipelines, sources and what the service does by itself. */
export function personOf(actorId: string | null): PersonReference | null {
  return actorId !== null && isId('person', actorId) ? { id: actorId } : null;
}
