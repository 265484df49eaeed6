import { createHash } from 'node:crypto';
import type { ImportedIncident } from '../domain/imported-incident.js';

/**
 * A digest for each entry of a history, over all that an import takes from it: what is the same has the same. Where it stands in
 * the source is no part of it, since another export of the same entries numbers its lines anew; nor are title and description,
 * which an export may compose of what is known by then. The first one vouches for the opening too.
 */
export function entryDigests({ openedAt, impact, urgency, entries }: ImportedIncident): readonly string[] {
  return entries.map((entry, place) => {
    const { at, state, onHoldReason, ownerId, teamId, actorId, notes } = entry;
    const resolution = state === 'RESOLVED' ? [entry.resolutionCode, entry.resolvedById] : [];
    const opening = place === 0 ? [openedAt, impact, urgency] : [];
    const told = [at, state, onHoldReason, entry.impact, entry.urgency, ownerId, teamId, actorId, notes];
    return createHash('sha256')
      .update(JSON.stringify([told, resolution, opening]))
      .digest('base64url')
      .slice(0, 22);
  });
}
