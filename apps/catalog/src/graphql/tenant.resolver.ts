import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, CurrentRequest, EVERY_INSIDER, payload, type RequestContext } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { PersonRecord } from '../persistence/person.record.js';
import type { TenantRecord } from '../persistence/tenant.record.js';
import { AppointServiceDeskLead } from '../use-cases/appoint-service-desk-lead.js';
import { RegisterTenant } from '../use-cases/register-tenant.js';
import { CatalogLoader } from './catalog.loader.js';
import { TenantPayload } from './catalog.payloads.js';
import { PersonType, TenantType } from './people.type.js';

@Resolver(() => TenantType)
export class TenantResolver {
  constructor(
    private readonly reader: CatalogReader,
    private readonly loader: CatalogLoader,
    private readonly registering: RegisterTenant,
    private readonly appointing: AppointServiceDeskLead,
  ) {}

  @Query(() => TenantType, { nullable: true, description: "The caller's tenant; null until it is registered." })
  @Access(...EVERY_INSIDER, 'operator')
  tenant(@CurrentActor() actor: Actor): Promise<TenantRecord | null> {
    return this.reader.tenant(actor);
  }

  @Mutation(() => TenantPayload, { description: "Registers the tenant that the operator's token names." })
  @Access('operator')
  async registerTenant(@CurrentActor() actor: Actor, @Args('name') name: string): Promise<TenantPayload> {
    return payload('tenant', await this.registering.execute(actor, name));
  }

  @Mutation(() => TenantPayload, {
    description: 'Names the person who owns incidents of services without an accountable person.',
  })
  @Access(...EVERY_INSIDER)
  async appointServiceDeskLead(
    @CurrentActor() actor: Actor,
    @Args('personId', { type: () => ID }) personId: string,
  ): Promise<TenantPayload> {
    return payload('tenant', await this.appointing.execute(actor, personId));
  }

  @ResolveReference()
  async reference(reference: { id: string }, request: RequestContext): Promise<TenantRecord | null> {
    return reference.id === request.actor.tenantId ? this.reader.tenant(request.actor) : null;
  }

  @ResolveField(() => PersonType, { nullable: true })
  @Access(...EVERY_INSIDER)
  serviceDeskLead(
    @Parent() tenant: TenantRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<PersonRecord | null> {
    return tenant.serviceDeskLeadId ? this.loader.person(request, tenant.serviceDeskLeadId) : Promise.resolve(null);
  }
}
