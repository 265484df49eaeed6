import {
  incidentCanceledV1,
  incidentClosedV1,
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  rollbackAcceptedV1,
} from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { IncidentRecord } from './incident.record.js';

/**
 * The only writer of what this service knows of incidents. An accepted rollback may be heard of before its incident: it leaves
 * a row that the report completes.
 */
@Injectable()
export class IncidentsProjector implements Reacts {
  readonly projects = [IncidentRecord];

  readonly reactions = [
    reaction(incidentReportedV1, async (event, tx) => {
      const { number, title, priority, serviceId, origin, declaredAt } = event.data;
      const told = { number, title, priority, serviceId, imported: origin === 'IMPORT' };
      const row = { id: event.subject, tenantId: event.tenantid, ...told, declaredAt: new Date(declaredAt) };
      await tx.upsert(IncidentRecord, row, ['id']);
    }),
    reaction(rollbackAcceptedV1, async (event, tx) => {
      const row = { id: event.data.incidentId, tenantId: event.tenantid, rollbackAcceptedAt: new Date(event.time) };
      await tx.upsert(IncidentRecord, row, ['id']);
    }),
    reaction(incidentReprioritizedV1, async (event, tx) => {
      await tx.update(IncidentRecord, { id: event.subject }, { priority: event.data.priority });
    }),
    reaction(incidentResolvedV1, async (event, tx) => {
      const resolvedAt = new Date(event.data.resolvedAt);
      await tx.update(IncidentRecord, { id: event.subject }, { phase: 'RESOLVED', resolvedAt });
    }),
    reaction(incidentReopenedV1, async (event, tx) => {
      await tx.update(IncidentRecord, { id: event.subject }, { phase: 'OPEN', resolvedAt: null });
    }),
    reaction(incidentClosedV1, async (event, tx) => {
      await tx.update(IncidentRecord, { id: event.subject }, { phase: 'OVER' });
    }),
    reaction(incidentCanceledV1, async (event, tx) => {
      await tx.update(IncidentRecord, { id: event.subject }, { phase: 'OVER' });
    }),
  ];
}
