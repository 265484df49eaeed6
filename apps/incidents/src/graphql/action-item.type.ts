import { Access, enumOf, EVERY_INSIDER, EVERYBODY, MutationError, TimelineEntry } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';
import { ACTION_ITEM_STATES, type ActionItemState } from '../domain/action-item-lifecycle.js';
import type { ActionItemRecord } from '../persistence/action-item.record.js';

export const ActionItemStateEnum = enumOf('ActionItemState', ACTION_ITEM_STATES, 'Where an action item stands.', {
  DROPPED: 'It will not be done, with a reason.',
});

@ObjectType('ActionItem', {
  description: 'What is to be done because of an incident, so that it does not come back.',
})
@Directive('@key(fields: "id")')
@Access(...EVERY_INSIDER)
export class ActionItemType {
  @Field(() => ID)
  id!: string;

  @Field({ description: 'What is to be done, in one line.' })
  title!: string;

  @Field(() => ActionItemStateEnum)
  state!: ActionItemState;

  @Field({ description: 'Until when.' })
  dueAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'The due time that passed while it was open; null when none did, and again once it is rescheduled.',
  })
  overdueSince!: Date | null;

  @Field()
  addedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done; null while it is not.' })
  completedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was decided not to do it; null unless it was.' })
  droppedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it will not be done; null unless it was dropped.' })
  dropReason!: string | null;
}

@ObjectType('ActionItemTimelineEntry', {
  implements: () => [TimelineEntry],
  description: 'One thing that happened to an action item; entries are only ever added.',
})
@Access(...EVERY_INSIDER)
export class ActionItemTimelineEntryType extends TimelineEntry {}

@ObjectType()
@Access(...EVERYBODY)
export class ActionItemPayload {
  @Field(() => ActionItemType, { nullable: true, description: 'Null when refused.' })
  actionItem!: ActionItemRecord | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}
