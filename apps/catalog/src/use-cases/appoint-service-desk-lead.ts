import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { appointServiceDeskLead } from '../domain/tenant.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { TenantRecord } from '../persistence/tenant.record.js';
import { TenantsRepository } from '../persistence/tenants.repository.js';

/** Names the person who owns what has no accountable person of its own. */
@Injectable()
export class AppointServiceDeskLead {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly reader: CatalogReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    personId: string,
  ): Promise<Outcome<TenantRecord, 'NOT_ALLOWED' | 'NOT_FOUND' | 'UNKNOWN_REFERENCE'>> {
    const forbidden = forbids('change-tenant', actor.roles);
    if (forbidden) return forbidden;
    const [person] = await this.reader.peopleByIds(actor, [personId]);
    if (!person) return refuse('UNKNOWN_REFERENCE', `there is no ${personId}`, { path: ['personId'] });
    return this.tenants.change(actor, actor.tenantId, (tenant) =>
      appointServiceDeskLead(tenant, personId, this.clock.now()),
    );
  }
}
