import { incidentCanceledV1, incidentReportedV1 } from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { IncidentRecord } from './incident.record.js';

/** The only writer of what this service knows of incidents. */
@Injectable()
export class IncidentsProjector implements Reacts {
  readonly projects = [IncidentRecord];

  readonly reactions = [
    reaction(incidentReportedV1, async (event, tx) => {
      const { serviceId, signature, declaredAt } = event.data;
      const known = { serviceId, signature, declaredAt: new Date(declaredAt), canceled: false };
      await tx.upsert(IncidentRecord, { id: event.subject, tenantId: event.tenantid, ...known }, ['id']);
    }),
    reaction(incidentCanceledV1, async (event, tx) => {
      await tx.update(IncidentRecord, { id: event.subject }, { canceled: true });
    }),
  ];
}
