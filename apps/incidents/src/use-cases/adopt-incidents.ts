import { TenantDatabase } from '@graphdesk/database';
import type { Clock } from '@graphdesk/decisions';
import { systemActor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { Incident } from '../domain/incident.js';
import { adopt, firstOwner } from '../domain/ownership.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { KindsReader } from '../persistence/kinds.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';

/** How many incidents are read at once. */
const BATCH = 100;

/** Open incidents that nobody owns get an owner as soon as the catalog names somebody. */
@Injectable()
export class AdoptIncidents {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly kinds: KindsReader,
    private readonly services: ServicesReader,
    private readonly tenants: TenantsReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What nobody can own yet is left alone: its row is not even locked. */
  async execute(tenantId: string): Promise<void> {
    await this.database.transaction(tenantId, async () => {
      const settings = await this.tenants.settings(tenantId);
      const ofAnyService = firstOwner(null, settings) !== null;
      let after = '';
      for (;;) {
        const batch = await this.kinds.ownerless(tenantId, { ofAnyService, after, limit: BATCH });
        await this.adopt(tenantId, batch, settings);
        after = batch.at(-1)?.id ?? after;
        if (batch.length < BATCH) return;
      }
    });
  }

  private async adopt(
    tenantId: string,
    ownerless: readonly Pick<Incident, 'id' | 'serviceId'>[],
    settings: Parameters<typeof firstOwner>[1],
  ): Promise<void> {
    const actor = systemActor('incidents', tenantId);
    const serviceIds = [...new Set(ownerless.flatMap((incident) => incident.serviceId ?? []))];
    const services = new Map((await this.services.byIds(tenantId, serviceIds)).map((one) => [one.id, one]));
    for (const { id, serviceId } of ownerless) {
      const owner = firstOwner(services.get(serviceId ?? '') ?? null, settings);
      if (!owner) continue;
      const now = this.clock.now();
      await this.incidents.change(actor, id, (incident) => adopt(incident, owner, actor, now));
    }
  }
}
