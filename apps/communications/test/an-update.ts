import type { KnownIncident } from '../src/domain/due-occasions.js';
import type { StakeholderUpdate } from '../src/domain/stakeholder-update.js';

/** When everything in domain specs happens. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');

export const lead = { id: 'per_1', roles: ['communications-lead'] };

/** A known incident; the test states only what matters. */
export function anIncident(with_: Partial<KnownIncident> = {}): KnownIncident {
  return {
    id: 'inc_1',
    number: 1042,
    title: 'QueueLag on billing',
    priority: 'P1',
    serviceId: 'svc_1',
    imported: false,
    phase: 'OPEN',
    declaredAt: NOW,
    resolvedAt: null,
    rollbackAcceptedAt: null,
    ...with_,
  };
}

/** An update; the test states only what matters. */
export function anUpdate(with_: Partial<StakeholderUpdate> = {}): StakeholderUpdate {
  return {
    id: 'upd_1',
    incidentId: 'inc_1',
    occasion: 'INVESTIGATING',
    audience: 'INTERNAL_STAKEHOLDERS',
    subject: 'INC-1042: we are investigating',
    body: 'We are investigating.',
    state: 'DRAFT',
    draftedAt: NOW,
    editedBy: null,
    approvedBy: null,
    approvedAt: null,
    sentBy: null,
    sentAt: null,
    version: 1,
    ...with_,
  };
}
