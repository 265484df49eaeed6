import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { add, type Assignment } from '../domain/action-item-handling.js';
import type { NewActionItem } from '../domain/action-item.js';
import type { IncidentRefusal } from '../domain/incident-refusals.js';
import type { ActionItemRecord } from '../persistence/action-item.record.js';
import { ActionItemsRepository } from '../persistence/action-items.repository.js';
import { IncidentsReader } from '../persistence/incidents.reader.js';
import { PeopleReader } from '../projections/people/people.reader.js';

/** Somebody of the tenant gets something to do because of an incident. */
@Injectable()
export class AddActionItem {
  constructor(
    private readonly database: TenantDatabase,
    private readonly items: ActionItemsRepository,
    private readonly incidents: IncidentsReader,
    private readonly people: PeopleReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, assignment: Assignment): Promise<Outcome<ActionItemRecord, IncidentRefusal>> {
    const { incidentId, ownerId } = assignment;
    const decision = add(assignment, actor, this.clock.now());
    if (!decision.ok) return decision;
    return this.database.transaction(actor.tenantId, async () => {
      const [incident] = await this.incidents.byIds(actor, [incidentId]);
      if (!incident) return refuse('NOT_FOUND', `there is no ${incidentId}`, { path: ['incidentId'] });
      if (!(await this.people.exists(actor.tenantId, ownerId))) return unknownReference(ownerId, 'ownerId');
      const item = decision.changes as NewActionItem;
      return { ok: true, value: await this.items.add(actor, newId('actionItem'), item, decision.facts) };
    });
  }
}
