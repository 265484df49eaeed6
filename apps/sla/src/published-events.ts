import {
  slaClockAtRiskV1,
  slaClockBreachedV1,
  slaClockCanceledV1,
  slaClockPausedV1,
  slaClockResumedV1,
  slaClockRetargetedV1,
  slaClockStartedV1,
  slaClockStoppedV1,
  slaPolicyRevisedV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { ClockFact } from './domain/clock-facts.js';
import type { SlaClock } from './domain/sla-clock.js';
import type { PolicyRevised, SlaPolicy } from './domain/sla-policy.js';

/** A clock's facts as other services read them. */
export function publishClock(fact: ClockFact, clock: SlaClock): Publication {
  const { incidentId, measure } = clock;
  const since = fact.since.toISOString();
  switch (fact.kind) {
    case 'sla-clock-started': {
      const { priority, targetMinutes, policyId, policyVersion, origin } = fact;
      const target = { priority, targetMinutes, policyId, policyVersion, origin };
      return publication(slaClockStartedV1, { incidentId, measure, ...target, startedAt: since });
    }
    case 'sla-clock-paused':
      return publication(slaClockPausedV1, { incidentId, measure, reason: fact.reason, pausedAt: since });
    case 'sla-clock-resumed':
      return publication(slaClockResumedV1, { incidentId, measure, gapCounted: fact.gapCounted, resumedAt: since });
    case 'sla-clock-retargeted': {
      const { priority, previousPriority, targetMinutes, previousTargetMinutes } = fact;
      const target = { priority, previousPriority, targetMinutes, previousTargetMinutes };
      const { policyVersion } = clock;
      return publication(slaClockRetargetedV1, { incidentId, measure, ...target, policyVersion, retargetedAt: since });
    }
    case 'sla-clock-stopped': {
      const { reason, elapsedSeconds, breached } = fact;
      const { targetMinutes } = clock;
      const result = { reason, elapsedSeconds, targetMinutes, breached };
      return publication(slaClockStoppedV1, { incidentId, measure, ...result, stoppedAt: since });
    }
    case 'sla-clock-at-risk': {
      const { percent, dueAt } = fact;
      const told = { percent, targetMinutes: clock.targetMinutes, dueAt: dueAt.toISOString() };
      return publication(slaClockAtRiskV1, { incidentId, measure, ...told, atRiskAt: since });
    }
    case 'sla-clock-breached':
      return publication(slaClockBreachedV1, {
        incidentId,
        measure,
        targetMinutes: clock.targetMinutes,
        breachedAt: since,
      });
    case 'sla-clock-canceled':
      return publication(slaClockCanceledV1, { incidentId, measure, canceledAt: since });
    default:
      return exhaustive(fact);
  }
}

/** A policy's only fact: always all targets, so that the timeline holds every version. */
export function publishPolicy(fact: PolicyRevised, policy: SlaPolicy): Publication {
  const targets = policy.targets.map((target) => ({ ...target }));
  return publication(slaPolicyRevisedV1, { targets, revisedAt: fact.at.toISOString() });
}
