import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import { resolve, type Resolution } from '../domain/resolution.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** Service is restored. */
@Injectable()
export class ResolveIncident {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, resolution: Resolution): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.incidents.change(actor, id, (incident) => resolve(incident, resolution, actor, this.clock.now()));
  }
}
