import {
  incidentReopenedV1,
  incidentReportedV1,
  incidentReprioritizedV1,
  incidentResolvedV1,
  newId,
  rollbackAcceptedV1,
  serviceRegisteredV1,
  type DataOf,
  type EventContract,
  type EventEnvelope,
  type IncidentReportedV1,
  type Priority,
} from '@graphdesk/contracts';
import { eventOf } from '@graphdesk/testing';

let numbers = 0;

/** An incident as the incidents service would tell of it: each call is its next event. */
export class IncidentTold {
  readonly id = newId('incident');
  readonly events: EventEnvelope[] = [];

  constructor(reported: Partial<IncidentReportedV1> = {}) {
    numbers += 1;
    this.tell(incidentReportedV1, {
      number: numbers,
      title: 'QueueLag on billing',
      serviceId: null,
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
      ...reported,
    });
  }

  reprioritized(priority: Priority): this {
    const assessed = { impact: 'HIGH', urgency: 'HIGH', priority, matrixVersion: 1 } as const;
    return this.tell(incidentReprioritizedV1, { ...assessed, reason: 'seen anew' });
  }

  resolved(): this {
    const resolvedAt = '2026-11-23T03:10:00.000Z';
    return this.tell(incidentResolvedV1, { resolutionCode: 'FIXED', notes: 'fixed', resolvedBy: 'per_1', resolvedAt });
  }

  reopened(): this {
    return this.tell(incidentReopenedV1, { reason: 'it is back', reopenedAt: '2026-11-23T04:00:00.000Z' });
  }

  private tell<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): this {
    this.events.push(eventOf(contract, this.id, this.events.length + 1, data));
    return this;
  }
}

/** Somebody accepted to roll a change back because of an incident. */
export function rollbackAccepted(incidentId: string): EventEnvelope {
  const ids = { changeId: newId('change'), rollbackChangeId: newId('change'), acceptedBy: newId('person') };
  // In life other events of the suggestion come first; to this service they are all alike.
  return eventOf(rollbackAcceptedV1, newId('rollbackSuggestion'), 1, { incidentId, ...ids });
}

/** A service of the catalog. */
export function registeredService(id: string, name: string): EventEnvelope {
  return eventOf(serviceRegisteredV1, id, 1, {
    key: 'billing',
    name,
    tier: 'TIER_1',
    environments: ['production'],
    ownerTeamId: null,
    accountablePersonId: null,
    dependsOn: [],
  });
}
