import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  CurrentRequest,
  EVERY_INSIDER,
  PageArgs,
  pageOf,
  payload,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, ID, Mutation, Query, Resolver, ResolveReference } from '@nestjs/graphql';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { PersonRecord } from '../persistence/person.record.js';
import { RegisterPerson } from '../use-cases/register-person.js';
import { RegisterPersonInput } from './catalog.inputs.js';
import { CatalogLoader } from './catalog.loader.js';
import { PersonPayload } from './catalog.payloads.js';
import { PersonConnection, PersonType } from './people.type.js';

@Resolver(() => PersonType)
export class PeopleResolver {
  constructor(
    private readonly reader: CatalogReader,
    private readonly loader: CatalogLoader,
    private readonly registering: RegisterPerson,
  ) {}

  @Query(() => PersonType, { nullable: true, description: 'The person behind the token; null when not registered.' })
  @Access(...EVERY_INSIDER)
  me(@CurrentRequest() request: RequestContext): Promise<PersonRecord | null> {
    return this.loader.person(request, request.actor.id);
  }

  @Query(() => PersonConnection, { description: 'The people of the tenant, newest first.' })
  @Access(...EVERY_INSIDER)
  async people(@CurrentActor() actor: Actor, @Args() args: PageArgs): Promise<Connection<PersonRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.people(actor, page), page);
  }

  @Query(() => PersonType, { nullable: true, description: 'A person by id.' })
  @Access(...EVERY_INSIDER)
  person(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<PersonRecord | null> {
    return this.loader.person(request, id);
  }

  @Mutation(() => PersonPayload, { description: 'Adds a person to the tenant.' })
  @Access(...EVERY_INSIDER)
  async registerPerson(
    @CurrentActor() actor: Actor,
    @Args('input') input: RegisterPersonInput,
  ): Promise<PersonPayload> {
    return payload('person', await this.registering.execute(actor, { ...input, id: input.id ?? null }));
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<PersonRecord | null> {
    return this.loader.person(request, reference.id);
  }
}
