import { Access, connectionOf, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Directive, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { SUBSCRIBER_READERS } from '../domain/update-permissions.js';
import type { Audience } from '../domain/vocabulary.js';
import { UpdateAudienceEnum } from './update-vocabulary.type.js';

@ObjectType('Subscriber', {
  description: 'Somebody who is told of updates by e-mail; need not be a person of the tenant.',
})
@Directive('@key(fields: "id")')
@Access(...SUBSCRIBER_READERS)
export class SubscriberType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'Null once removed: the address is erased.' })
  email!: string | null;

  @Field(() => UpdateAudienceEnum, { description: 'They are told what is written for this audience.' })
  audience!: Audience;

  @Field()
  addedAt!: Date;

  @Field(() => Date, { nullable: true })
  removedAt!: Date | null;
}

@InputType({ description: 'Narrows a list: values within a part are combined with OR.' })
export class SubscriberFilterInput {
  @Field(() => [UpdateAudienceEnum], { nullable: true })
  audience?: Audience[] | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Those who were removed instead of those on the list.' })
  removed!: boolean;
}

@InputType({ description: 'Somebody to be told.' })
export class AddSubscriberInput {
  @Field({ description: 'An e-mail address; kept in lower case.' })
  email!: string;

  @Field(() => UpdateAudienceEnum, { defaultValue: 'INTERNAL_STAKEHOLDERS' })
  audience!: Audience;

  @Field(() => [ID], { nullable: true, description: 'Of incidents of these services, 100 at most; left out: of all.' })
  serviceIds?: string[] | null;
}

@ObjectType()
@Access(...EVERYBODY)
export class SubscriberPayload {
  @Field(() => SubscriberType, { nullable: true, description: 'Null when refused.' })
  subscriber!: SubscriberType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

export const SubscriberConnection = connectionOf(SubscriberType, 'Subscriber');
