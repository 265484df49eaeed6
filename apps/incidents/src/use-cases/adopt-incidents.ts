import { TenantDatabase } from '@graphdesk/database';
import { unchanged, type Clock } from '@graphdesk/decisions';
import { systemActor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { adopt, firstOwner } from '../domain/ownership.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { KindsReader } from '../persistence/kinds.reader.js';
import { ServicesReader } from '../projections/services/services.reader.js';
import { TenantsReader } from '../projections/tenants/tenants.reader.js';

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

  async execute(tenantId: string): Promise<void> {
    const actor = systemActor('incidents', tenantId);
    await this.database.transaction(tenantId, async () => {
      const ownerless = await this.kinds.ownerless(tenantId);
      if (ownerless.length === 0) return;
      const settings = await this.tenants.settings(tenantId);
      const serviceIds = ownerless.flatMap((incident) => incident.serviceId ?? []);
      const services = new Map((await this.services.byIds(tenantId, serviceIds)).map((one) => [one.id, one]));
      for (const { id, serviceId } of ownerless) {
        const owner = firstOwner(services.get(serviceId ?? '') ?? null, settings);
        const now = this.clock.now();
        await this.incidents.change(actor, id, (incident) =>
          owner ? adopt(incident, owner, actor, now) : unchanged(),
        );
      }
    });
  }
}
