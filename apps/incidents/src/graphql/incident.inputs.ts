import { PriorityEnum } from '@graphdesk/subgraph';
import { Field, ID, InputType } from '@nestjs/graphql';
import type { IncidentState, Level, Priority } from '../domain/vocabulary.js';
import { IncidentStateEnum, LevelEnum } from './incident.enums.js';

@InputType({ description: 'What a person tells of an incident.' })
export class ReportIncidentInput {
  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field({ defaultValue: '', description: '20,000 characters at most.' })
  description!: string;

  @Field(() => ID, { nullable: true, description: 'The service that is hurt, if known.' })
  serviceId?: string | null;

  @Field(() => String, { nullable: true, description: 'Where, such as production.' })
  environment?: string | null;

  @Field(() => LevelEnum, { description: 'How much of the business is hurt.' })
  impact!: Level;

  @Field(() => LevelEnum, { description: 'How soon it hurts.' })
  urgency!: Level;

  @Field(() => Date, { nullable: true, description: 'When users began to be hurt, if known; not in the future.' })
  impactStartedAt?: Date | null;
}

@InputType({ description: 'Narrows a list: parts are combined with AND, values within a part with OR.' })
export class IncidentFilterInput {
  @Field(() => [IncidentStateEnum], { nullable: true })
  state?: IncidentState[] | null;

  @Field(() => [PriorityEnum], { nullable: true })
  priority?: Priority[] | null;

  @Field(() => ID, { nullable: true })
  serviceId?: string | null;

  @Field(() => ID, { nullable: true })
  ownerId?: string | null;
}
