import { Field, ID, InputType } from '@nestjs/graphql';
import type { IncidentState, Level, OnHoldReason, ResolutionCode } from '../domain/vocabulary.js';
import { IncidentStateEnum, LevelEnum, OnHoldReasonEnum, ResolutionCodeEnum } from './incident.enums.js';

@InputType({ description: "One entry of an incident's history in another system: how it stood after it." })
export class ImportedEntryInput {
  @Field({ description: 'When, as the source has it; it may lie before the entry before, but not in the future.' })
  at!: Date;

  @Field(() => IncidentStateEnum)
  state!: IncidentState;

  @Field(() => OnHoldReasonEnum, { nullable: true, description: 'Set exactly when the state is ON_HOLD.' })
  onHoldReason?: OnHoldReason | null;

  @Field(() => LevelEnum)
  impact!: Level;

  @Field(() => LevelEnum)
  urgency!: Level;

  @Field(() => ID, { nullable: true, description: 'The accountable person; null when the source names none.' })
  ownerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The team that works on it.' })
  teamId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who made the entry; null makes it the one who imports.' })
  actorId?: string | null;

  @Field(() => ResolutionCodeEnum, {
    nullable: true,
    description: 'Read when this entry resolves the incident; null is FIXED.',
  })
  resolutionCode?: ResolutionCode | null;

  @Field(() => ID, { nullable: true, description: 'Read when this entry resolves the incident.' })
  resolvedById?: string | null;

  @Field(() => String, { nullable: true, description: 'What the source says besides; 10,000 characters at most.' })
  notes?: string | null;

  @Field({ description: 'Where it stands in the source, for people: line 17.' })
  reference!: string;
}

@InputType({ description: 'An incident of another system with its whole history.' })
export class ImportedIncidentInput {
  @Field({ description: 'What the other system calls it, unique there.' })
  externalId!: string;

  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field({ defaultValue: '', description: '20,000 characters at most.' })
  description!: string;

  @Field(() => LevelEnum, { description: 'As at the opening.' })
  impact!: Level;

  @Field(() => LevelEnum, { description: 'As at the opening.' })
  urgency!: Level;

  @Field({ description: 'The history begins with NEW at this moment.' })
  openedAt!: Date;

  @Field(() => ID, { nullable: true, description: 'Who reported it, if known.' })
  reporterId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who opened it there; null makes it the one who imports.' })
  openedById?: string | null;

  @Field(() => ID, { nullable: true, description: 'The service that was hurt, if known.' })
  serviceId?: string | null;

  @Field(() => [ImportedEntryInput], { description: 'In the order of the source; 1 to 500.' })
  entries!: ImportedEntryInput[];
}
