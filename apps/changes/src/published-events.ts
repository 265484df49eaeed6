import {
  changeAuthorizedV1,
  changeClosedV1,
  changeDeployedV1,
  changeIncidentLinkedV1,
  changeMovedV1,
  changeRegisteredV1,
  changeRejectedV1,
  changeSuspectedV1,
  changesDismissedV1,
  deploymentMovedV1,
  deploymentRecordedV1,
  deploymentServiceIdentifiedV1,
  deploymentSourceCreatedV1,
  rollbackAcceptedV1,
  rollbackAdviceChangedV1,
  rollbackDeclinedV1,
  rollbackExpiredV1,
  rollbackFailedV1,
  rollbackSucceededV1,
  rollbackSuggestedV1,
  rollbackWithdrawnV1,
  suspicionConfirmedV1,
  suspicionRejectedV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { ChangeFact } from './domain/change-facts.js';
import type { Change } from './domain/change.js';
import type { DeploymentSource, SourceFact } from './domain/deployment-source.js';
import type { Deployment, DeploymentFact } from './domain/deployment.js';
import type { RollbackFact, RollbackSuggestion } from './domain/rollback-suggestion.js';
import type { SearchFact, SuspectSearch } from './domain/suspect-search.js';
import type { SuspectedChange, SuspicionFact } from './domain/suspected-change.js';

export function publishChange(fact: ChangeFact, change: Change): Publication {
  const at = fact.at.toISOString();
  switch (fact.kind) {
    case 'change-registered':
      return publication(changeRegisteredV1, descriptionOf(change));
    case 'change-moved':
      return publication(changeMovedV1, {
        from: fact.from,
        to: fact.to,
        movedAt: at,
        ...(fact.reason !== null && { reason: fact.reason }),
      });
    case 'change-authorized':
      return publication(changeAuthorizedV1, { authorizedBy: fact.by, authorizedAt: at });
    case 'change-rejected':
      return publication(changeRejectedV1, { rejectedBy: fact.by, reason: fact.reason, rejectedAt: at });
    case 'change-deployed': {
      const { id, deployedAt, ...deployment } = fact.deployment;
      return publication(changeDeployedV1, { ...deployment, deploymentId: id, deployedAt: deployedAt.toISOString() });
    }
    case 'change-closed':
      return publication(changeClosedV1, { closeCode: fact.closeCode, closedAt: at });
    case 'change-incident-linked':
      return publication(changeIncidentLinkedV1, {
        incidentId: fact.incidentId,
        relation: fact.relation,
        linkedAt: at,
      });
    default:
      return exhaustive(fact);
  }
}

export function publishDeployment(fact: DeploymentFact, deployment: Deployment): Publication {
  switch (fact.kind) {
    case 'deployment-recorded': {
      const { origin, externalId, serviceName, serviceId, environment, reference, changeId } = deployment;
      const recorded = { origin, externalId, serviceName, serviceId, environment, reference, changeId };
      return publication(deploymentRecordedV1, recorded);
    }
    case 'deployment-moved':
      return publication(deploymentMovedV1, {
        from: fact.from,
        to: fact.to,
        deployedAt: deployment.deployedAt?.toISOString() ?? null,
        endedAt: deployment.endedAt?.toISOString() ?? null,
      });
    case 'deployment-service-identified':
      return publication(deploymentServiceIdentifiedV1, { serviceId: fact.serviceId, changeId: fact.changeId });
    default:
      return exhaustive(fact);
  }
}

export function publishSuspicion(fact: SuspicionFact, suspected: SuspectedChange): Publication {
  const { incidentId, changeId, changeNumber, deploymentId, confidence, minutesBefore } = suspected;
  switch (fact.kind) {
    case 'change-suspected':
      return publication(changeSuspectedV1, {
        incidentId,
        changeId,
        changeNumber,
        deploymentId,
        confidence,
        reasons: [...suspected.reasons],
        minutesBefore,
      });
    case 'rollback-advice-changed':
      return publication(rollbackAdviceChangedV1, {
        ...{ incidentId, changeId, advice: suspected.advice },
        reason: suspected.adviceReason,
      });
    case 'suspicion-confirmed':
      return publication(suspicionConfirmedV1, { incidentId, changeId, changeNumber, by: fact.by });
    case 'suspicion-rejected':
      return publication(suspicionRejectedV1, { incidentId, changeId, changeNumber, by: fact.by, reason: fact.reason });
    default:
      return exhaustive(fact);
  }
}

export function publishRollback(fact: RollbackFact, suggestion: RollbackSuggestion): Publication {
  const { incidentId, changeId, changeNumber, suspectedChangeId, reason } = suggestion;
  const about = { incidentId, changeId };
  switch (fact.kind) {
    case 'rollback-suggested':
      return publication(rollbackSuggestedV1, { ...about, changeNumber, suspectedChangeId, reason });
    case 'rollback-accepted':
      return publication(rollbackAcceptedV1, { ...runOf(suggestion), acceptedBy: given(suggestion.decidedBy) });
    case 'rollback-declined':
      return publication(rollbackDeclinedV1, {
        ...about,
        declinedBy: given(suggestion.decidedBy),
        reason: fact.reason,
      });
    case 'rollback-expired':
      return publication(rollbackExpiredV1, {
        ...{ ...about, changeNumber, reason: fact.reason },
        ...(fact.unanswered && { unanswered: true }),
      });
    case 'rollback-withdrawn':
      return publication(rollbackWithdrawnV1, about);
    case 'rollback-succeeded':
      return publication(rollbackSucceededV1, runOf(suggestion));
    case 'rollback-failed':
      return publication(rollbackFailedV1, runOf(suggestion));
    default:
      return exhaustive(fact);
  }
}

export function publishSearch(_fact: SearchFact, search: SuspectSearch): Publication {
  return publication(changesDismissedV1, { incidentId: search.incidentId, dismissed: [...search.dismissed] });
}

export function publishSource(_fact: SourceFact, source: DeploymentSource): Publication {
  return publication(deploymentSourceCreatedV1, { name: source.name, kind: source.kind });
}

function descriptionOf(change: Change): Parameters<typeof publication<typeof changeRegisteredV1>>[1] {
  const { number, title, kind, environment, rollbackPlan, requesterId, remedyForIncidentId, rollsBackChangeId } =
    change;
  const serviceIds = [...change.serviceIds];
  const asked = { number, title, kind, serviceIds, environment, rollbackPlan, requesterId };
  const { externalSystem: system, externalId } = change;
  return {
    ...{ ...asked, remedyForIncidentId, rollsBackChangeId },
    ...(change.unplanned && { unplanned: true }),
    ...(system !== null && externalId !== null && { importedFrom: { system, externalId } }),
  };
}

function runOf(suggestion: RollbackSuggestion): { incidentId: string; changeId: string; rollbackChangeId: string } {
  const { incidentId, changeId, rollbackChangeId } = suggestion;
  return { incidentId, changeId, rollbackChangeId: given(rollbackChangeId) };
}

function given(value: string | null): string {
  if (value === null) throw new Error('a decided suggestion says who decided and what runs');
  return value;
}
