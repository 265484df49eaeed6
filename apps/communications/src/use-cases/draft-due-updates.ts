import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { draftUpdate } from '../domain/draft-update.js';
import { dueOccasions } from '../domain/due-occasions.js';
import { StakeholderUpdatesReader } from '../persistence/stakeholder-updates.reader.js';
import { StakeholderUpdatesRepository } from '../persistence/stakeholder-updates.repository.js';
import { IncidentsReader } from '../projections/incidents/incidents.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';

/** Drafts what is due to be told about an incident, once per occasion. Asked after every event that may make something due. */
@Injectable()
export class DraftDueUpdates {
  constructor(
    private readonly database: TenantDatabase,
    private readonly updates: StakeholderUpdatesRepository,
    private readonly reader: StakeholderUpdatesReader,
    private readonly incidents: IncidentsReader,
    private readonly services: ServicesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, incidentId: string): Promise<void> {
    await this.database.transaction(actor.tenantId, async () => {
      const incident = await this.incidents.hold(actor, incidentId);
      if (!incident) return;
      const due = dueOccasions(incident, await this.reader.updatesOfIncidents(actor, [incidentId]));
      if (due.length === 0) return;
      const service = incident.serviceId === null ? null : await this.services.service(actor, incident.serviceId);
      for (const occasion of due) {
        const id = newId('stakeholderUpdate');
        const { update, facts } = draftUpdate(id, incident, service?.name ?? null, occasion, this.clock.now());
        const taken = refuse('UPDATE_EXISTS', 'this occasion has its update already');
        await this.updates.create(actor, update, facts, taken);
      }
    });
  }
}
