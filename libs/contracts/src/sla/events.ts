import type { EventContract } from '../define-event.js';
import { slaClockStartedV1 } from './sla-clock-started.v1.js';
import { slaClockPausedV1 } from './sla-clock-paused.v1.js';
import { slaClockResumedV1 } from './sla-clock-resumed.v1.js';
import { slaClockRetargetedV1 } from './sla-clock-retargeted.v1.js';
import { slaClockAtRiskV1 } from './sla-clock-at-risk.v1.js';
import { slaClockBreachedV1 } from './sla-clock-breached.v1.js';
import { slaClockStoppedV1 } from './sla-clock-stopped.v1.js';
import { slaClockCanceledV1 } from './sla-clock-canceled.v1.js';
import { slaPolicyRevisedV1 } from './sla-policy-revised.v1.js';

/** Every event of sla, in all versions. */
export const SLA_EVENTS: readonly EventContract[] = [
  slaClockStartedV1,
  slaClockPausedV1,
  slaClockResumedV1,
  slaClockRetargetedV1,
  slaClockAtRiskV1,
  slaClockBreachedV1,
  slaClockStoppedV1,
  slaClockCanceledV1,
  slaPolicyRevisedV1,
];
