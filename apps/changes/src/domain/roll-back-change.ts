import { decide, unchanged, type Decision } from '@graphdesk/decisions';
import type { ChangeFact } from './change-facts.js';
import { changeReference, newChange, type Change } from './change.js';

/** Who asks for a rollback: the policy of this service. So the one who accepts can be its authority. */
export const ROLLBACK_REQUESTER = 'system:changes';

/**
 * The change that takes another one back: an emergency, asked for by the policy, authorised by whoever accepted the suggestion, and
 * under way at once. Linked to the incident it remedies and to the change it takes back.
 */
export function openRollback(
  original: Change,
  identity: { readonly id: string; readonly number: number; readonly incidentId: string; readonly acceptedBy: string },
  now: Date,
): { readonly change: Change; readonly facts: readonly ChangeFact[] } {
  const reference = changeReference(original.number);
  const request = {
    id: identity.id,
    number: identity.number,
    title: `Roll back ${reference}`,
    kind: 'EMERGENCY' as const,
    serviceIds: original.serviceIds,
    environment: original.environment,
    rollbackPlan: `Deploy ${reference} again.`,
  };
  const change: Change = {
    ...newChange(request, ROLLBACK_REQUESTER, now),
    state: 'IMPLEMENT',
    remedyForIncidentId: identity.incidentId,
    rollsBackChangeId: original.id,
    authorizedBy: identity.acceptedBy,
    authorizedAt: now,
  };
  return {
    change,
    facts: [
      { kind: 'change-registered', at: now },
      { kind: 'change-moved', from: 'NEW', to: 'AUTHORIZE', reason: null, at: now },
      { kind: 'change-authorized', by: identity.acceptedBy, at: now },
      { kind: 'change-moved', from: 'SCHEDULED', to: 'IMPLEMENT', reason: null, at: now },
    ],
  };
}

/** Its deployment failed: closed as such by rule, so that nobody has to at night. A person may have ended it before. */
export function failRollback(rollback: Change, now: Date): Decision<Change, ChangeFact, never> {
  const { state } = rollback;
  if (state !== 'IMPLEMENT' && state !== 'REVIEW') return unchanged();
  const reason = 'its deployment failed';
  const ended: readonly ChangeFact[] =
    state === 'IMPLEMENT' ? [{ kind: 'change-moved', from: state, to: 'REVIEW', reason, at: now }] : [];
  const closeCode = 'UNSUCCESSFUL';
  return decide({ state: 'CLOSED', closeCode }, [...ended, { kind: 'change-closed', closeCode, at: now }]);
}
