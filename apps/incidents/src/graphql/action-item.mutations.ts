import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { AddActionItem } from '../use-cases/add-action-item.js';
import { CompleteActionItem } from '../use-cases/complete-action-item.js';
import { DropActionItem } from '../use-cases/drop-action-item.js';
import { RescheduleActionItem } from '../use-cases/reschedule-action-item.js';
import { ActionItemPayload, ActionItemType } from './action-item.type.js';

@Resolver(() => ActionItemType)
export class ActionItemMutations {
  constructor(
    private readonly adding: AddActionItem,
    private readonly completing: CompleteActionItem,
    private readonly dropping: DropActionItem,
    private readonly rescheduling: RescheduleActionItem,
  ) {}

  @Mutation(() => ActionItemPayload, {
    description:
      'Gives a person something to do because of an incident, in whatever state that is. The title has 200 characters at most, the due time lies ahead, ten years at most.',
  })
  @Access(...EVERY_INSIDER)
  async addActionItem(
    @CurrentActor() actor: Actor,
    @Args('incidentId', { type: () => ID }) incidentId: string,
    @Args('title') title: string,
    @Args('ownerId', { type: () => ID }) ownerId: string,
    @Args('dueAt', { type: () => Date }) dueAt: Date,
  ): Promise<ActionItemPayload> {
    return payload('actionItem', await this.adding.execute(actor, { incidentId, title, ownerId, dueAt }));
  }

  @Mutation(() => ActionItemPayload, { description: 'It is done; its owner may say so, and who handles incidents.' })
  @Access(...EVERY_INSIDER)
  async completeActionItem(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ActionItemPayload> {
    return payload('actionItem', await this.completing.execute(actor, id));
  }

  @Mutation(() => ActionItemPayload, { description: 'It will not be done, with a reason.' })
  @Access(...EVERY_INSIDER)
  async dropActionItem(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('reason') reason: string,
  ): Promise<ActionItemPayload> {
    return payload('actionItem', await this.dropping.execute(actor, id, reason));
  }

  @Mutation(() => ActionItemPayload, {
    description: 'It is due at another time, with a reason; it may become overdue anew.',
  })
  @Access(...EVERY_INSIDER)
  async rescheduleActionItem(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('dueAt', { type: () => Date }) dueAt: Date,
    @Args('reason') reason: string,
  ): Promise<ActionItemPayload> {
    return payload('actionItem', await this.rescheduling.execute(actor, id, { dueAt, reason }));
  }
}
