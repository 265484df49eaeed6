import {
  incidentCanceledV1,
  incidentClosedV1,
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  type EventOf,
} from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { Not, type EntityManager } from 'typeorm';
import { KnownIncidentRecord, type KnownIncidentState } from './known-incident.record.js';

/** The only writer of known incidents. Within an incident events come in order, so each one sets what it says. */
@Injectable()
export class IncidentsProjector implements Reacts {
  readonly projects = [KnownIncidentRecord];

  readonly reactions = [
    reaction(incidentReportedV1, async (event, tx) => {
      const { serviceId, environment, priority, detectedAt, origin } = event.data;
      const state: KnownIncidentState = origin === 'IMPORT' ? 'IMPORTED' : 'OPEN';
      const incident = { serviceId, environment, priority, detectedAt: new Date(detectedAt), state };
      await tx.upsert(KnownIncidentRecord, { id: event.subject, tenantId: event.tenantid, ...incident }, ['id']);
    }),
    reaction(incidentReprioritizedV1, async (event, tx) => {
      await tx.update(KnownIncidentRecord, { id: event.subject }, { priority: event.data.priority });
    }),
    reaction(incidentResolvedV1, moveTo('RESOLVED')),
    reaction(incidentReopenedV1, moveTo('OPEN')),
    reaction(incidentClosedV1, moveTo('CLOSED')),
    reaction(incidentCanceledV1, moveTo('CANCELED')),
  ];
}

function moveTo(state: KnownIncidentState): (event: EventOf<unknown>, tx: EntityManager) => Promise<void> {
  return async (event, tx) => {
    await tx.update(KnownIncidentRecord, { id: event.subject, state: Not('IMPORTED') }, { state });
  };
}
