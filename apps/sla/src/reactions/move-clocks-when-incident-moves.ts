import {
  incidentAcknowledgedV1,
  incidentCanceledV1,
  incidentClosedV1,
  incidentPutOnHoldV1,
  incidentRecoveryValidatedV1,
  incidentReopenedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  incidentResumedV1,
  incidentWorkBegunV1,
  type EventOf,
} from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import type { Signal } from '../domain/clock-conditions.js';
import type { Priority } from '../domain/vocabulary.js';
import { MoveClocks } from '../use-cases/move-clocks.js';

/** Which event of an incident is which signal to its clocks, and since when it holds. */
@Injectable()
export class MoveClocksWhenIncidentMoves implements Reacts {
  constructor(private readonly moving: MoveClocks) {}

  readonly reactions = [
    reaction(incidentAcknowledgedV1, (event) => this.move(event, 'ACKNOWLEDGED', event.data.acknowledgedAt)),
    // As far as a source tells, somebody took it in hand: what the clock waits for, though nobody is named.
    reaction(incidentWorkBegunV1, (event) => this.move(event, 'ACKNOWLEDGED', event.data.begunAt)),
    reaction(incidentPutOnHoldV1, (event) => this.move(event, 'PUT_ON_HOLD', event.data.heldAt)),
    reaction(incidentResumedV1, (event) => this.move(event, 'RESUMED', event.data.resumedAt)),
    reaction(incidentReprioritizedV1, (event) =>
      this.move(event, 'REPRIORITIZED', event.time, { priority: event.data.priority }),
    ),
    reaction(incidentResolvedV1, (event) => this.move(event, 'RESOLVED', event.data.resolvedAt)),
    reaction(incidentRecoveryValidatedV1, (event) => this.move(event, 'RECOVERY_VALIDATED', event.data.validatedAt)),
    reaction(incidentReopenedV1, (event) => this.move(event, 'REOPENED', event.data.reopenedAt)),
    reaction(incidentClosedV1, (event) => this.move(event, 'CLOSED', event.data.closedAt)),
    reaction(incidentCanceledV1, (event) => this.move(event, 'CANCELED', event.data.canceledAt)),
  ];

  private move(
    event: EventOf<unknown>,
    signal: Signal,
    since: string,
    assessed: { readonly priority?: Priority } = {},
  ): Promise<void> {
    return this.moving.execute(systemActor('sla', event.tenantid), {
      incidentId: event.subject,
      signal,
      since: new Date(since),
      eventId: event.id,
      incidentVersion: event.subjectversion,
      ...assessed,
    });
  }
}
