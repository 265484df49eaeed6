import {
  incidentAcknowledgedV1,
  incidentAnnotatedV1,
  incidentCanceledV1,
  incidentClosedV1,
  incidentPutOnHoldV1,
  incidentRecoveryValidatedV1,
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  incidentResumedV1,
  incidentWorkBegunV1,
  newId,
  type DataOf,
  type EventContract,
  type EventEnvelope,
  type IncidentReportedV1,
  type Priority,
} from '@graphdesk/contracts';
import { eventOf } from '@graphdesk/testing';
import { minute, START } from './a-clock.js';

/** An incident as the incidents service would tell of it: each call is the next event, at a minute after the start. */
export class IncidentTold {
  readonly id = newId('incident');
  readonly events: EventEnvelope[] = [];

  constructor(
    reported: Partial<IncidentReportedV1> = {},
    private readonly overrides: Partial<EventEnvelope> = {},
  ) {
    this.tell(incidentReportedV1, 0, {
      number: 1,
      title: 'QueueLag on billing',
      serviceId: null,
      environment: null,
      impact: 'HIGH',
      urgency: 'HIGH',
      priority: 'P1',
      matrixVersion: 1,
      classificationReasons: ['STATED_BY_PERSON'],
      ownerId: null,
      origin: 'PERSON',
      signature: null,
      detectedAt: START.toISOString(),
      declaredAt: START.toISOString(),
      ...reported,
    });
  }

  acknowledged(at: number): this {
    const acknowledgedAt = minute(at).toISOString();
    return this.tell(incidentAcknowledgedV1, at, { acknowledgedBy: 'per_1', acknowledgedAt, ownerId: 'per_1' });
  }

  /** As an import tells it: work began, and nobody is accountable. */
  begun(at: number): this {
    return this.tell(incidentWorkBegunV1, at, { begunAt: minute(at).toISOString() });
  }

  held(at: number): this {
    return this.tell(incidentPutOnHoldV1, at, { reason: 'AWAITING_VENDOR', heldAt: minute(at).toISOString() });
  }

  resumed(at: number): this {
    return this.tell(incidentResumedV1, at, { resumedAt: minute(at).toISOString() });
  }

  reprioritized(at: number, priority: Priority): this {
    const assessed = { impact: 'HIGH', urgency: 'HIGH', priority, matrixVersion: 1 } as const;
    return this.tell(incidentReprioritizedV1, at, { ...assessed, reason: 'seen anew' });
  }

  resolved(at: number): this {
    const resolvedAt = minute(at).toISOString();
    return this.tell(incidentResolvedV1, at, {
      resolutionCode: 'FIXED',
      notes: 'fixed',
      resolvedBy: 'per_1',
      resolvedAt,
    });
  }

  validated(at: number): this {
    return this.tell(incidentRecoveryValidatedV1, at, { validatedBy: 'per_2', validatedAt: minute(at).toISOString() });
  }

  reopened(at: number): this {
    return this.tell(incidentReopenedV1, at, { reason: 'it is back', reopenedAt: minute(at).toISOString() });
  }

  closed(at: number): this {
    return this.tell(incidentClosedV1, at, { closedAt: minute(at).toISOString() });
  }

  canceled(at: number): this {
    return this.tell(incidentCanceledV1, at, { reason: 'a test', canceledAt: minute(at).toISOString() });
  }

  /** An event that clocks have no interest in: they must count it all the same. */
  annotated(at: number): this {
    return this.tell(incidentAnnotatedV1, at, { kind: 'CHANGE_SUSPECTED', referenceId: 'sus_1', text: 'CHG-1' });
  }

  private tell<Contract extends EventContract>(contract: Contract, at: number, data: DataOf<Contract>): this {
    const time = { time: minute(at).toISOString() };
    this.events.push(eventOf(contract, this.id, this.events.length + 1, data, { ...time, ...this.overrides }));
    return this;
  }
}
