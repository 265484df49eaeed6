import { updateApprovedV1, updateDiscardedV1, updateDraftedV1, updateEditedV1 } from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { StakeholderUpdate } from './domain/stakeholder-update.js';
import type { UpdateFact } from './domain/update-facts.js';

/** An update's facts as other services read them. */
export function publishUpdate(fact: UpdateFact, update: StakeholderUpdate): Publication {
  const at = fact.at.toISOString();
  const { incidentId, occasion, audience, subject, body } = update;
  const words = { audience, subject, body };
  switch (fact.kind) {
    case 'update-drafted': {
      const { templateVersion } = fact;
      return publication(updateDraftedV1, { incidentId, occasion, ...words, templateVersion, draftedAt: at });
    }
    case 'update-edited':
      return publication(updateEditedV1, { incidentId, ...words, editedBy: fact.editedBy, editedAt: at });
    case 'update-approved': {
      const { approvedBy } = fact;
      return publication(updateApprovedV1, { incidentId, occasion, ...words, approvedBy, approvedAt: at });
    }
    case 'update-discarded':
      return publication(updateDiscardedV1, { incidentId, occasion, discardedBy: fact.discardedBy, discardedAt: at });
    default:
      return exhaustive(fact);
  }
}
