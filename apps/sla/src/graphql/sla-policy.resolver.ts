import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload, type RequestContext } from '@graphdesk/subgraph';
import { Args, Int, Mutation, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { SLA_READERS } from '../domain/sla-permissions.js';
import type { SlaPolicyRecord } from '../persistence/sla-policy.record.js';
import { SlaReader } from '../persistence/sla.reader.js';
import { SetSlaTargets } from '../use-cases/set-sla-targets.js';
import { SlaPolicyPayload, SlaPolicyType, SlaTargetInput } from './sla-policy.type.js';
import { SlaLoader } from './sla.loader.js';

@Resolver(() => SlaPolicyType)
export class SlaPolicyResolver {
  constructor(
    private readonly reader: SlaReader,
    private readonly loader: SlaLoader,
    private readonly setting: SetSlaTargets,
  ) {}

  @Query(() => SlaPolicyType, {
    nullable: true,
    description: "The tenant's targets; null for a moment after the tenant was registered.",
  })
  @Access(...SLA_READERS)
  slaPolicy(@CurrentActor() actor: Actor): Promise<SlaPolicyRecord | null> {
    return this.reader.policy(actor);
  }

  @Mutation(() => SlaPolicyPayload, {
    description:
      'Sets targets in a new version of the policy. Clocks that already run keep their version, also when their priority changes.',
  })
  @Access(...EVERY_INSIDER)
  async setSlaTargets(
    @CurrentActor() actor: Actor,
    @Args('targets', { type: () => [SlaTargetInput] }) targets: SlaTargetInput[],
  ): Promise<SlaPolicyPayload> {
    const wished = targets.map(({ priority, measure, minutes }) => ({ priority, measure, minutes }));
    return payload('slaPolicy', await this.setting.execute(actor, wished));
  }

  @ResolveReference()
  reference(reference: { id: string }, request: RequestContext): Promise<SlaPolicyRecord | null> {
    return this.loader.policy(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'The version of the targets; grows by one with each change.' })
  revision(@Parent() policy: SlaPolicyRecord): number {
    return policy.version;
  }
}
