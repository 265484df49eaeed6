import {
  knownErrorRecordedV1,
  problemClosedV1,
  problemIncidentLinkedV1,
  problemMovedV1,
  problemProposedV1,
  problemRegisteredV1,
  workaroundRecordedV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { ProblemFact } from './domain/problem-facts.js';
import type { Problem } from './domain/problem.js';

/** A problem's facts as other services read them. */
export function publishProblem(fact: ProblemFact, problem: Problem): Publication {
  const at = fact.at.toISOString();
  const { number, title } = problem;
  switch (fact.kind) {
    case 'problem-proposed': {
      const { serviceId, signature } = problem;
      if (serviceId === null || signature === null) throw new Error(`${problem.id} was proposed for no kind`);
      const incidentIds = [...fact.incidentIds];
      return publication(problemProposedV1, { number, title, serviceId, signature, incidentIds, proposedAt: at });
    }
    case 'problem-registered': {
      const { serviceId, symptom, externalSystem: system, externalId } = problem;
      const registered = { number, title, serviceId, symptom, registeredBy: fact.registeredBy, registeredAt: at };
      const imported = system !== null && externalId !== null ? { importedFrom: { system, externalId } } : {};
      return publication(problemRegisteredV1, { ...registered, ...imported });
    }
    case 'problem-incident-linked':
      return publication(problemIncidentLinkedV1, { incidentId: fact.incidentId, reason: fact.reason, linkedAt: at });
    case 'problem-moved':
      return publication(problemMovedV1, { from: fact.from, to: fact.to, movedAt: at });
    case 'known-error-recorded': {
      const { symptom, rootCause, workaround } = problem;
      if (rootCause === null) throw new Error(`${problem.id} is a known error without a cause`);
      return publication(knownErrorRecordedV1, { symptom, rootCause, workaround, recordedAt: at });
    }
    case 'workaround-recorded':
      return publication(workaroundRecordedV1, { workaround: fact.workaround, recordedAt: at });
    case 'problem-closed': {
      const { from, resolutionCode, notes } = fact;
      return publication(problemClosedV1, { from, resolutionCode, notes, closedAt: at });
    }
    default:
      return exhaustive(fact);
  }
}
