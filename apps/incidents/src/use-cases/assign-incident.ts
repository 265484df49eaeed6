import { TenantDatabase } from '@graphdesk/database';
import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import { assign } from '../domain/ownership.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { PeopleReader } from '../projections/people/people.reader.js';

/** Accountability moves to another person of the tenant. */
@Injectable()
export class AssignIncident {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly people: PeopleReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    id: string,
    handOver: { readonly ownerId: string; readonly reason: string },
  ): Promise<Outcome<IncidentRecord, IncidentRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const known = await this.people.exists(actor.tenantId, handOver.ownerId);
      return this.incidents.change(actor, id, (incident) => {
        const decision = assign(incident, handOver, actor, this.clock.now());
        if (!decision.ok || known) return decision;
        return unknownReference(handOver.ownerId, 'ownerId');
      });
    });
  }
}
