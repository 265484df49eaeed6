import {
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  type EventOf,
} from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { DraftDueUpdates } from '../use-cases/draft-due-updates.js';

/** Runs after the projector of incidents, in the same transaction: what happened is known by then. */
@Injectable()
export class DraftUpdatesWhenIncidentMoves implements Reacts {
  constructor(private readonly drafting: DraftDueUpdates) {}

  readonly reactions = [
    reaction(incidentReportedV1, (event) => this.draft(event)),
    reaction(incidentReprioritizedV1, (event) => this.draft(event)),
    reaction(incidentResolvedV1, (event) => this.draft(event)),
    reaction(incidentReopenedV1, (event) => this.draft(event)),
  ];

  private draft(event: EventOf<unknown>): Promise<void> {
    return this.drafting.execute(systemActor('communications', event.tenantid), event.subject);
  }
}
