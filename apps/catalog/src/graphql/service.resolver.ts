import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  CurrentRequest,
  EVERY_INSIDER,
  EVERYBODY,
  PageArgs,
  pageOf,
  payload,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { ServiceDescription } from '../domain/service.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { ServiceRecord } from '../persistence/service.record.js';
import { RegisterService } from '../use-cases/register-service.js';
import { UpdateService } from '../use-cases/update-service.js';
import { RegisterServiceInput, ServiceDescriptionInput } from './catalog.inputs.js';
import { CatalogLoader } from './catalog.loader.js';
import { ServicePayload } from './catalog.payloads.js';
import { PersonType, TeamType } from './people.type.js';
import { ServiceConnection, ServiceType } from './service.type.js';

@Resolver(() => ServiceType)
export class ServiceResolver {
  constructor(
    private readonly reader: CatalogReader,
    private readonly loader: CatalogLoader,
    private readonly registering: RegisterService,
    private readonly updating: UpdateService,
  ) {}

  @Query(() => ServiceConnection, { description: 'The services that the caller may see, newest first.' })
  @Access(...EVERYBODY)
  async services(@CurrentActor() actor: Actor, @Args() args: PageArgs): Promise<Connection<ServiceRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.services(actor, page), page);
  }

  @Query(() => ServiceType, { nullable: true, description: 'A service by its id.' })
  @Access(...EVERYBODY)
  service(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ServiceRecord | null> {
    return this.loader.service(request, id);
  }

  @Query(() => ServiceType, { nullable: true, description: 'A service by what alerts and deployments call it.' })
  @Access(...EVERYBODY)
  serviceByKey(@CurrentActor() actor: Actor, @Args('key') key: string): Promise<ServiceRecord | null> {
    return this.reader.serviceByKey(actor, key);
  }

  @Mutation(() => ServicePayload, { description: 'Adds a service to the catalog.' })
  @Access(...EVERY_INSIDER)
  async registerService(
    @CurrentActor() actor: Actor,
    @Args('input') input: RegisterServiceInput,
  ): Promise<ServicePayload> {
    const outcome = await this.registering.execute(actor, { key: input.key, ...descriptionOf(input) });
    return payload('service', outcome);
  }

  @Mutation(() => ServicePayload, { description: 'Describes a service anew; the whole description is replaced.' })
  @Access(...EVERY_INSIDER)
  async updateService(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: ServiceDescriptionInput,
  ): Promise<ServicePayload> {
    return payload('service', await this.updating.execute(actor, id, descriptionOf(input)));
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<ServiceRecord | null> {
    return this.loader.service(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  @Access(...EVERYBODY)
  revision(@Parent() service: ServiceRecord): number {
    return service.version;
  }

  @ResolveField(() => TeamType, { nullable: true, description: 'The team that runs it.' })
  ownerTeam(@Parent() service: ServiceRecord, @CurrentRequest() request: RequestContext): Promise<TeamType | null> {
    return service.ownerTeamId ? this.loader.team(request, service.ownerTeamId) : Promise.resolve(null);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Owns its incidents at birth.' })
  accountablePerson(
    @Parent() service: ServiceRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<PersonType | null> {
    return service.accountablePersonId
      ? this.loader.person(request, service.accountablePersonId)
      : Promise.resolve(null);
  }

  @ResolveField(() => [ServiceType], { description: 'The services it needs, as far as the caller may see them.' })
  async dependsOn(
    @Parent() service: ServiceRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ServiceRecord[]> {
    const services = await Promise.all(service.dependsOn.map((id) => this.loader.service(request, id)));
    return services.filter((needed) => needed !== null);
  }
}

function descriptionOf(input: ServiceDescriptionInput): ServiceDescription {
  return {
    name: input.name,
    tier: input.tier,
    environments: input.environments,
    ownerTeamId: input.ownerTeamId ?? null,
    accountablePersonId: input.accountablePersonId ?? null,
    dependsOn: input.dependsOn,
  };
}
