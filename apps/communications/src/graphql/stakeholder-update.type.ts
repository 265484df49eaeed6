import { Access, connectionOf, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Directive, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { UPDATE_READERS } from '../domain/update-permissions.js';
import type { Audience, Occasion, UpdateState } from '../domain/vocabulary.js';
import { UpdateAudienceEnum, UpdateOccasionEnum, UpdateStateEnum } from './update-vocabulary.type.js';

@ObjectType('StakeholderUpdate', {
  description: 'What people outside the work on an incident are told, on one occasion.',
})
@Directive('@key(fields: "id")')
@Access(...UPDATE_READERS)
export class StakeholderUpdateType {
  @Field(() => ID)
  id!: string;

  @Field(() => UpdateOccasionEnum)
  occasion!: Occasion;

  @Field(() => UpdateAudienceEnum)
  audience!: Audience;

  @Field({ description: 'One line of plain text.' })
  subject!: string;

  @Field({ description: 'Markdown.' })
  body!: string;

  @Field(() => UpdateStateEnum)
  state!: UpdateState;

  @Field()
  draftedAt!: Date;

  @Field(() => Date, { nullable: true })
  approvedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was handed over to be delivered.' })
  sentAt!: Date | null;
}

@InputType({ description: 'Narrows a list: values within a part are combined with OR.' })
export class StakeholderUpdateFilterInput {
  @Field(() => [UpdateStateEnum], { nullable: true })
  state?: UpdateState[] | null;
}

@InputType({ description: 'Other words for a draft; what is left out stays as it is.' })
export class EditUpdateInput {
  @Field(() => String, { nullable: true, description: 'One line, 200 characters at most.' })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'Markdown, 10000 characters at most.' })
  body?: string | null;

  @Field(() => UpdateAudienceEnum, { nullable: true })
  audience?: Audience | null;
}

@ObjectType()
@Access(...EVERYBODY)
export class StakeholderUpdatePayload {
  @Field(() => StakeholderUpdateType, { nullable: true, description: 'Null when refused.' })
  stakeholderUpdate!: StakeholderUpdateType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

export const StakeholderUpdateConnection = connectionOf(StakeholderUpdateType, 'StakeholderUpdate');
