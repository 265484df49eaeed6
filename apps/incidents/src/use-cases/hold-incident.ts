import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { hold } from '../domain/handling.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { OnHoldReason } from '../domain/vocabulary.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** Work on an incident waits for something outside. */
@Injectable()
export class HoldIncident {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string, reason: OnHoldReason): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.incidents.change(actor, id, (incident) => hold(incident, reason, actor, this.clock.now()));
  }
}
