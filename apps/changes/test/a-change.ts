import type { Change } from '../src/domain/change.js';
import type { Candidate, SuspectedIn } from '../src/domain/suspect-changes.js';
import type { Deployment } from '../src/domain/deployment.js';
import type { RollbackSuggestion } from '../src/domain/rollback-suggestion.js';
import type { SuspectedChange } from '../src/domain/suspected-change.js';
import type { Acting } from '../src/domain/vocabulary.js';

export const NOW = new Date('2026-11-23T02:00:00Z');
export const minutesBefore = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

export const requester: Acting = { id: 'per_requester', roles: ['change-requester'] };
export const authority: Acting = { id: 'per_authority', roles: ['change-authority'] };
export const responder: Acting = { id: 'per_responder', roles: ['responder'] };
export const pipeline: Acting = { id: 'src_1', roles: ['integration'] };

export function aChange(given: Partial<Change> = {}): Change {
  return {
    id: 'chg_1',
    number: 12,
    title: 'Release 4.2',
    kind: 'NORMAL',
    state: 'NEW',
    serviceIds: ['svc_billing'],
    environment: 'production',
    rollbackPlan: 'deploy 4.1',
    requesterId: requester.id,
    unplanned: false,
    remedyForIncidentId: null,
    rollsBackChangeId: null,
    externalSystem: null,
    externalId: null,
    authorizedBy: null,
    authorizedAt: null,
    closeCode: null,
    registeredAt: NOW,
    ...given,
  };
}

export function aDeployment(given: Partial<Deployment> = {}): Deployment {
  return {
    id: 'dep_1',
    origin: 'src_1',
    externalId: '70',
    state: 'PENDING',
    serviceName: 'billing',
    serviceId: 'svc_billing',
    environment: 'production',
    reference: 'acme/billing@c0ffee',
    changeId: 'chg_1',
    reportedAt: minutesBefore(10),
    deployedAt: null,
    endedAt: null,
    ...given,
  };
}

export function anIncident(given: Partial<SuspectedIn> = {}): SuspectedIn {
  const place = { serviceId: 'svc_billing', dependsOn: ['svc_db'], environment: 'production' };
  return { id: 'inc_1', ...place, detectedAt: NOW, ...given };
}

export function aCandidate(given: Partial<Candidate> = {}): Candidate {
  return {
    deploymentId: 'dep_1',
    deploymentState: 'SUCCEEDED',
    changeId: 'chg_1',
    changeNumber: 12,
    changeKind: 'NORMAL',
    remedyForIncidentId: null,
    reversible: true,
    isRollback: false,
    serviceId: 'svc_billing',
    environment: 'production',
    deployedAt: minutesBefore(5),
    endedAt: null,
    ...given,
  };
}

export function aSuspicion(given: Partial<SuspectedChange> = {}): SuspectedChange {
  return {
    id: 'sus_1',
    incidentId: 'inc_1',
    changeId: 'chg_1',
    changeNumber: 12,
    deploymentId: 'dep_1',
    state: 'SUSPECTED',
    confidence: 'HIGH',
    points: 90,
    reasons: ['SAME_SERVICE'],
    minutesBefore: 5,
    advice: 'ASK',
    adviceReason: 'people decide',
    judgedBy: null,
    rejectionReason: null,
    ...given,
  };
}

export function aSuggestion(given: Partial<RollbackSuggestion> = {}): RollbackSuggestion {
  return {
    id: 'rbs_1',
    suspectedChangeId: 'sus_1',
    incidentId: 'inc_1',
    changeId: 'chg_1',
    changeNumber: 12,
    state: 'SUGGESTED',
    reason: 'P1 with high confidence',
    suggestedAt: NOW,
    rollbackChangeId: null,
    decidedBy: null,
    ...given,
  };
}
