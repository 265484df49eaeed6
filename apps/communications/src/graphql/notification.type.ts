import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Access } from '@graphdesk/subgraph';
import { UPDATE_READERS } from '../domain/update-permissions.js';
import type { ChannelKind, NotificationState } from '../domain/vocabulary.js';
import { NotificationChannelEnum, NotificationStateEnum } from './update-vocabulary.type.js';

@ObjectType('Notification', { description: 'One update on its way to one recipient by one channel.' })
@Directive('@key(fields: "id")')
@Access(...UPDATE_READERS)
export class NotificationType {
  @Field(() => ID)
  id!: string;

  @Field(() => NotificationChannelEnum)
  channel!: ChannelKind;

  @Field(() => NotificationStateEnum)
  state!: NotificationState;

  @Field(() => Int, { description: 'How many tries have begun; there are 5 at most, within an hour.' })
  tries!: number;

  @Field({ description: 'A try ended without an answer and another was begun: the recipient may have it twice.' })
  mayBeRepeated!: boolean;

  @Field(() => String, { nullable: true, description: 'Why the last try failed, in one line without addresses.' })
  lastError!: string | null;

  @Field()
  queuedAt!: Date;

  @Field(() => Date, { nullable: true })
  sentAt!: Date | null;
}
