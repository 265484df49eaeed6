import { TenantDatabase } from '@graphdesk/database';
import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { reprioritize } from '../domain/handling.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { Level } from '../domain/vocabulary.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { PriorityMatrixRepository } from '../persistence/priority-matrix.repository.js';

/** Impact or urgency is assessed anew. */
@Injectable()
export class ReprioritizeIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly matrices: PriorityMatrixRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    id: string,
    assessment: { readonly impact: Level; readonly urgency: Level; readonly reason: string },
  ): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const matrix = await this.matrices.forDecision(actor.tenantId);
      return this.incidents.change(actor, id, (incident) =>
        reprioritize(incident, assessment, matrix, actor, this.clock.now()),
      );
    });
  }
}
