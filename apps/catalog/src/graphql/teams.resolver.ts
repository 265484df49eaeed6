import type { Actor } from '@graphdesk/identity';
import {
  Access,
  connection,
  CurrentActor,
  EVERY_INSIDER,
  PageArgs,
  pageOf,
  payload,
  type Connection,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Args, Mutation, Query, Resolver, ResolveReference } from '@nestjs/graphql';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { TeamRecord } from '../persistence/team.record.js';
import { RegisterTeam } from '../use-cases/register-team.js';
import { CatalogLoader } from './catalog.loader.js';
import { TeamPayload } from './catalog.payloads.js';
import { TeamConnection, TeamType } from './people.type.js';

@Resolver(() => TeamType)
export class TeamsResolver {
  constructor(
    private readonly reader: CatalogReader,
    private readonly loader: CatalogLoader,
    private readonly registering: RegisterTeam,
  ) {}

  @Query(() => TeamConnection, { description: 'The teams of the tenant, newest first.' })
  @Access(...EVERY_INSIDER)
  async teams(@CurrentActor() actor: Actor, @Args() args: PageArgs): Promise<Connection<TeamRecord>> {
    const page = pageOf(args);
    return connection(await this.reader.teams(actor, page), page);
  }

  @Mutation(() => TeamPayload, { description: 'Adds a team; its name is unique per tenant.' })
  @Access(...EVERY_INSIDER)
  async registerTeam(@CurrentActor() actor: Actor, @Args('name') name: string): Promise<TeamPayload> {
    return payload('team', await this.registering.execute(actor, name));
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<TeamRecord | null> {
    return this.loader.team(request, reference.id);
  }
}
