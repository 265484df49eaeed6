import type { Clock, DueWork } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { doIncidentWork } from '../domain/incident-work.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';

/** An incident's own moment has come: the end of its recovery window, or the time to close. */
@Injectable()
export class DoDueWork {
  constructor(
    private readonly incidents: IncidentsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, incidentId: string, timer: DueWork): Promise<void> {
    const outcome = await this.incidents.change(actor, incidentId, (incident) =>
      doIncidentWork(incident, timer, actor, this.clock.now()),
    );
    if (!outcome.ok) throw new Error(`${timer.kind} of ${incidentId}: ${outcome.message}`);
  }
}
