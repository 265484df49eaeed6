import { incidentReportedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { StartClocks } from '../use-cases/start-clocks.js';

/** Clocks run from the declaration, however late the event arrives. */
@Injectable()
export class StartClocksWhenIncidentReported implements Reacts {
  constructor(private readonly starting: StartClocks) {}

  readonly reactions = [
    reaction(incidentReportedV1, (event) =>
      this.starting.execute(systemActor('sla', event.tenantid), {
        incidentId: event.subject,
        priority: event.data.priority,
        origin: event.data.origin,
        declaredAt: new Date(event.data.declaredAt),
        eventId: event.id,
        incidentVersion: event.subjectversion,
      }),
    ),
  ];
}
