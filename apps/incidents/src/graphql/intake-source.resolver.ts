import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, mutationError } from '@graphdesk/subgraph';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { IntakeSourceKind } from '../domain/intake-source.js';
import type { IntakeSourceRecord } from '../persistence/intake-source.record.js';
import { IntakeSourcesReader } from '../persistence/intake-sources.reader.js';
import { CreateIntakeSource } from '../use-cases/create-intake-source.js';
import { IntakeSourceKindEnum } from './incident.enums.js';
import { CreateIntakeSourcePayload } from './incident.payloads.js';
import { IntakeSourceType } from './intake-source.type.js';

const PATHS: Readonly<Record<IntakeSourceKind, string>> = { ALERTMANAGER: '/hooks/alertmanager/' };

@Resolver(() => IntakeSourceType)
export class IntakeSourceResolver {
  constructor(
    private readonly reader: IntakeSourcesReader,
    private readonly creating: CreateIntakeSource,
  ) {}

  @Query(() => [IntakeSourceType], { description: 'The monitors that may send alerts, by name.' })
  @Access('admin')
  intakeSources(@CurrentActor() actor: Actor): Promise<IntakeSourceRecord[]> {
    return this.reader.all(actor);
  }

  @Mutation(() => CreateIntakeSourcePayload, { description: 'Allows a monitor to send alerts. Admins only.' })
  @Access(...EVERY_INSIDER)
  async createIntakeSource(
    @CurrentActor() actor: Actor,
    @Args('name') name: string,
    @Args('kind', { type: () => IntakeSourceKindEnum }) kind: IntakeSourceKind,
  ): Promise<CreateIntakeSourcePayload> {
    const outcome = await this.creating.execute(actor, { name, kind });
    if (!outcome.ok) return { intakeSource: null, secret: null, errors: [mutationError(outcome)] };
    return { intakeSource: outcome.value.source, secret: outcome.value.secret, errors: [] };
  }

  @ResolveField(() => String, { description: "Where it sends to: this path under the gateway's address." })
  path(@Parent() source: IntakeSourceRecord): string {
    return PATHS[source.kind] + source.id;
  }
}
