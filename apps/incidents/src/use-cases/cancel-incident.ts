import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { cancel } from '../domain/handling.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** It was no incident, or a duplicate. */
@Injectable()
export class CancelIncident {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, reason: string): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.incidents.change(actor, id, (incident) => cancel(incident, reason, actor, this.clock.now()));
  }
}
