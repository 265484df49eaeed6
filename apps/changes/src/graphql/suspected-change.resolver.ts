import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, CurrentRequest, EVERY_INSIDER, payload, type RequestContext } from '@graphdesk/subgraph';
import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { ChangeRecord } from '../persistence/change.record.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import type { RollbackSuggestionRecord } from '../persistence/rollback-suggestion.record.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { JudgeSuspicion } from '../use-cases/judge-suspicion.js';
import { ChangeType } from './change.type.js';
import { ChangesLoader } from './changes.loader.js';
import { SuspectedChangePayload } from './changes.payloads.js';
import { DeploymentType } from './deployment.type.js';
import { IncidentReference, PersonReference } from './foreign.reference.js';
import { personOf } from './person-of.js';
import { RollbackSuggestionType, SuspectedChangeType } from './suspected-change.type.js';

@Resolver(() => SuspectedChangeType)
export class SuspectedChangeResolver {
  constructor(
    private readonly loader: ChangesLoader,
    private readonly judge: JudgeSuspicion,
  ) {}

  @Mutation(() => SuspectedChangePayload, {
    description: 'This change caused the incident. The rollback policy is asked again, now without a doubt.',
  })
  @Access(...EVERY_INSIDER)
  async confirmSuspectedChange(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SuspectedChangePayload> {
    return payload('suspectedChange', await this.judge.confirm(actor, id));
  }

  @Mutation(() => SuspectedChangePayload, {
    description: 'This change did not cause the incident. A suggestion that nobody accepted is withdrawn.',
  })
  @Access(...EVERY_INSIDER)
  async rejectSuspectedChange(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
  ): Promise<SuspectedChangePayload> {
    return payload('suspectedChange', await this.judge.reject(actor, id, reason));
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<SuspectedChangeRecord | null> {
    return this.loader.suspectedChange(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() suspected: SuspectedChangeRecord): number {
    return suspected.version;
  }

  @ResolveField(() => IncidentReference, {
    nullable: true,
    description: 'What it may have caused. Null when the incident cannot be read now.',
  })
  incident(@Parent() suspected: SuspectedChangeRecord): IncidentReference {
    return { id: suspected.incidentId };
  }

  @ResolveField(() => ChangeType, { nullable: true, description: 'The suspect.' })
  change(
    @Parent() suspected: SuspectedChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    return this.loader.change(request, suspected.changeId);
  }

  @ResolveField(() => DeploymentType, { nullable: true, description: 'What brought it live.' })
  deployment(
    @Parent() suspected: SuspectedChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<DeploymentRecord | null> {
    return this.loader.deployment(request, suspected.deploymentId);
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who confirmed or rejected it.' })
  judgedBy(@Parent() suspected: SuspectedChangeRecord): PersonReference | null {
    return personOf(suspected.judgedBy);
  }

  @ResolveField(() => RollbackSuggestionType, { nullable: true, description: 'What the policy proposes, if anything.' })
  rollbackSuggestion(
    @Parent() suspected: SuspectedChangeRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<RollbackSuggestionRecord | null> {
    return this.loader.suggestionOf(request, suspected.id);
  }
}
