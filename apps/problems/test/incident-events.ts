import {
  incidentCanceledV1,
  incidentReportedV1,
  newId,
  serviceRegisteredV1,
  type EventEnvelope,
  type IncidentReportedV1,
} from '@graphdesk/contracts';
import { eventOf } from '@graphdesk/testing';

let told = 0;

/** An incident reported: by default a QueueLag that an alert noticed. */
export function reported(
  incidentId: string,
  data: Partial<IncidentReportedV1> & Pick<IncidentReportedV1, 'serviceId'>,
  overrides: Partial<EventEnvelope> = {},
): EventEnvelope {
  told += 1;
  const payload: IncidentReportedV1 = {
    number: told,
    title: 'QueueLag on billing',
    environment: null,
    impact: 'HIGH',
    urgency: 'HIGH',
    priority: 'P1',
    matrixVersion: 1,
    classificationReasons: ['STATED_BY_PERSON'],
    ownerId: null,
    origin: 'ALERT',
    signature: 'QueueLag',
    detectedAt: '2026-11-23T02:00:00.000Z',
    declaredAt: '2026-11-23T02:00:00.000Z',
    ...data,
  };
  return eventOf(incidentReportedV1, incidentId, 1, payload, overrides);
}

/** The incident was none. */
export function canceled(incidentId: string): EventEnvelope {
  const data = { reason: 'a planned test', canceledAt: '2026-11-23T03:00:00.000Z' };
  return eventOf(incidentCanceledV1, incidentId, 2, data);
}

/** A service of the catalog. */
export function registeredService(id: string, name: string): EventEnvelope {
  return eventOf(serviceRegisteredV1, id, 1, {
    key: name.toLowerCase(),
    name,
    tier: 'TIER_1',
    environments: ['production'],
    ownerTeamId: null,
    accountablePersonId: null,
    dependsOn: [],
  });
}

/** So many fresh incident ids, oldest first. */
export function incidentIds(count: number): string[] {
  return Array.from({ length: count }, () => newId('incident'));
}
