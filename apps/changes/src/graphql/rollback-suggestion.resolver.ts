import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, CurrentRequest, EVERY_INSIDER, payload, type RequestContext } from '@graphdesk/subgraph';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { VIEWERS } from '../domain/visibility.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import type { RollbackSuggestionRecord } from '../persistence/rollback-suggestion.record.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { AcceptRollback } from '../use-cases/accept-rollback.js';
import { DeclineRollback } from '../use-cases/decline-rollback.js';
import { ChangeType } from './change.type.js';
import { ChangesLoader } from './changes.loader.js';
import { RollbackSuggestionPayload } from './changes.payloads.js';
import { IncidentReference, PersonReference } from './foreign.reference.js';
import { personOf } from './person-of.js';
import { RollbackSuggestionType, SuspectedChangeType } from './suspected-change.type.js';

@Resolver(() => RollbackSuggestionType)
export class RollbackSuggestionResolver {
  constructor(
    private readonly loader: ChangesLoader,
    private readonly accept: AcceptRollback,
    private readonly decline: DeclineRollback,
  ) {}

  @Query(() => RollbackSuggestionType, { nullable: true, description: 'A rollback suggestion by its id.' })
  @Access(...VIEWERS)
  rollbackSuggestion(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<RollbackSuggestionRecord | null> {
    return this.loader.suggestion(request, id);
  }

  @Mutation(() => RollbackSuggestionPayload, {
    description:
      'Rolls the suspect back: opens an emergency change that is authorised by the caller and under way at once.',
  })
  @Access(...EVERY_INSIDER)
  async acceptRollbackSuggestion(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<RollbackSuggestionPayload> {
    return payload('rollbackSuggestion', await this.accept.execute(actor, id));
  }

  @Mutation(() => RollbackSuggestionPayload, { description: 'The suspect stays.' })
  @Access(...EVERY_INSIDER)
  async declineRollbackSuggestion(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
  ): Promise<RollbackSuggestionPayload> {
    return payload('rollbackSuggestion', await this.decline.execute(actor, id, reason));
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<RollbackSuggestionRecord | null> {
    return this.loader.suggestion(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() suggestion: RollbackSuggestionRecord): number {
    return suggestion.version;
  }

  @ResolveField(() => ChangeType, { nullable: true, description: 'What to take back.' })
  change(
    @Parent() suggestion: RollbackSuggestionRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    return this.loader.change(request, suggestion.changeId);
  }

  @ResolveField(() => IncidentReference, {
    nullable: true,
    description: 'What is broken. Null when the incident cannot be read now.',
  })
  incident(@Parent() suggestion: RollbackSuggestionRecord): IncidentReference {
    return { id: suggestion.incidentId };
  }

  @ResolveField(() => SuspectedChangeType, { nullable: true, description: 'The suspicion behind it.' })
  suspectedChange(
    @Parent() suggestion: RollbackSuggestionRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<SuspectedChangeRecord | null> {
    return this.loader.suspectedChange(request, suggestion.suspectedChangeId);
  }

  @ResolveField(() => ChangeType, { nullable: true, description: 'Set once accepted: the change that takes it back.' })
  rollbackChange(
    @Parent() suggestion: RollbackSuggestionRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    const { rollbackChangeId } = suggestion;
    return rollbackChangeId ? this.loader.change(request, rollbackChangeId) : Promise.resolve(null);
  }

  @ResolveField(() => PersonReference, { nullable: true, description: 'Who accepted or declined.' })
  decidedBy(@Parent() suggestion: RollbackSuggestionRecord): PersonReference | null {
    return personOf(suggestion.decidedBy);
  }
}
