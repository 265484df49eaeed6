import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfName } from '../domain/catalog-texts.js';
import type { TenantRecord } from '../persistence/tenant.record.js';
import { TenantsRepository } from '../persistence/tenants.repository.js';

/** Registers the tenant that the operator's token names; an operator acts within one tenant at a time. */
@Injectable()
export class RegisterTenant {
  constructor(
    private readonly tenants: TenantsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    name: string,
  ): Promise<Outcome<TenantRecord, 'NOT_ALLOWED' | 'INVALID_INPUT' | 'TENANT_EXISTS'>> {
    const forbidden = forbids('register-tenant', actor.roles);
    if (forbidden) return forbidden;
    const fault = faultOfName(name);
    if (fault) return fault;
    return this.tenants.create(
      actor,
      { id: actor.tenantId, name, serviceDeskLeadId: null },
      [{ kind: 'tenant-registered', at: this.clock.now() }],
      refuse('TENANT_EXISTS', 'this tenant is registered already'),
    );
  }
}
