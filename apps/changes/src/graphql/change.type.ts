import { Access, connectionOf, TimelineEntry } from '@graphdesk/subgraph';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { VIEWERS } from '../domain/visibility.js';
import type { ChangeKind as Kind, ChangeState as State, CloseCode } from '../domain/vocabulary.js';
import { ChangeCloseCode, ChangeKind, ChangeState } from './changes.enums.js';

@ObjectType('Change', { description: 'Adding, modifying or removing anything that could affect services.' })
@Directive('@key(fields: "id")')
@Access(...VIEWERS)
export class ChangeType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'Per tenant, without gaps.' })
  number!: number;

  @Field()
  title!: string;

  @Field(() => ChangeKind)
  kind!: Kind;

  @Field(() => ChangeState)
  state!: State;

  @Field({ description: 'Where it is done, such as production.' })
  environment!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How to go back; null for standard changes and those that were imported.',
  })
  rollbackPlan!: string | null;

  @Field({
    description: 'Went live without having been authorised: a deployment opened it, or came before the authority did.',
  })
  unplanned!: boolean;

  @Field(() => ChangeCloseCode, { nullable: true, description: 'Set once closed.' })
  closeCode!: CloseCode | null;

  @Field(() => Date)
  registeredAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When its authority said yes.' })
  authorizedAt!: Date | null;
}

@ObjectType('ChangeTimelineEntry', {
  implements: () => [TimelineEntry],
  description: 'One thing that happened to a change; entries are only ever added.',
})
@Access(...VIEWERS)
export class ChangeTimelineEntryType extends TimelineEntry {}

export const ChangeConnection = connectionOf(ChangeType, 'Change');
