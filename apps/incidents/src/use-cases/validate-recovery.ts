import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import { validateRecovery } from '../domain/resolution.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** A second person saw the fix hold. */
@Injectable()
export class ValidateRecovery {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.incidents.change(actor, id, (incident) => validateRecovery(incident, actor, this.clock.now()));
  }
}
