import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import { acknowledge } from '../domain/ownership.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** Somebody takes an incident in hand. */
@Injectable()
export class AcknowledgeIncident {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.incidents.change(actor, id, (incident) => acknowledge(incident, actor, this.clock.now()));
  }
}
