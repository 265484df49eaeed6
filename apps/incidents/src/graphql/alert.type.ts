import { Access, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { AlertStatus, Severity } from '../domain/vocabulary.js';
import { AlertStatusEnum, SeverityEnum } from './incident.enums.js';

@ObjectType({ description: 'A name and a value that a monitor attached.' })
@Access(...EVERY_INSIDER)
export class AlertLabel {
  @Field()
  name!: string;

  @Field()
  value!: string;
}

@ObjectType('Alert', { description: 'One episode of an alert, as its source told of it.' })
@Access(...EVERY_INSIDER)
export class AlertType {
  @Field(() => ID)
  id!: string;

  @Field({ description: "The alert's name at its source." })
  name!: string;

  @Field({ description: "The source's own key of the alert." })
  fingerprint!: string;

  @Field(() => AlertStatusEnum)
  status!: AlertStatus;

  @Field(() => SeverityEnum)
  severity!: Severity;

  @Field(() => String, { nullable: true, description: 'Where the source shows what it measured.' })
  generatorUrl!: string | null;

  @Field({ description: 'When it began to fire, by the source.' })
  startsAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended, by the source; null while it fires.' })
  endsAt!: Date | null;

  @Field({ description: 'When we first heard of it.' })
  receivedAt!: Date;
}
