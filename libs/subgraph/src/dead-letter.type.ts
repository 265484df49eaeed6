import type { ParkReason } from '@graphdesk/messaging';
import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Access, EVERYBODY } from './access.js';
import { PageInfo, type Connection } from './connection.js';
import { enumOf } from './enum-of.js';
import { MutationError } from './mutation-error.type.js';

const REASONS: readonly ParkReason[] = ['PARK_FAILED', 'PARK_KILLED', 'PARK_UNKNOWN', 'PARK_GAP', 'PARK_REBUILD'];

export const ParkReasonEnum = enumOf('ParkReason', REASONS, 'Why an event waits.', {
  PARK_FAILED: 'Applying it fails each time. It is tried again, every two minutes at the latest.',
  PARK_KILLED: 'The process ended under it again and again. It is not tried again before somebody redrives it.',
  PARK_UNKNOWN: 'It is newer than this build, which will apply it after the upgrade.',
  PARK_GAP: 'An earlier event of its aggregate is missing and asked for.',
  PARK_REBUILD: 'A rebuild of the projections is under way.',
});

@ObjectType({ description: 'What went wrong when an event was applied, last time.' })
@Directive('@shareable')
@Access('operator', 'admin')
export class DeadLetterError {
  @Field({ description: 'The class of the error, and its code if it has one.' })
  name!: string;

  @Field({ description: 'Equal for errors from the same place in the same build.' })
  fingerprint!: string;

  @Field({ description: 'Where in the code it came from.' })
  origin!: string;

  @Field(() => String, {
    nullable: true,
    description: "Message and stack. Null for operators: it may quote the tenant's content.",
  })
  detail!: string | null;
}

@ObjectType({ description: 'An aggregate of which a service can apply no more events: the first that waits, and why.' })
@Directive('@shareable')
@Access('operator', 'admin')
export class DeadLetter {
  @Field(() => ID)
  eventId!: string;

  @Field({ description: 'Type and contract version, such as graphdesk.incidents.incident-reported.v1.' })
  eventType!: string;

  @Field(() => ID)
  tenantId!: string;

  @Field({ description: 'Who cannot apply it: the reading service, the producing one and the aggregate type.' })
  consumer!: string;

  @Field(() => ID)
  aggregateId!: string;

  @Field()
  aggregateType!: string;

  @Field(() => Int, { description: "The event's place among those of its aggregate." })
  version!: number;

  @Field(() => ParkReasonEnum)
  reason!: ParkReason;

  @Field(() => Int, { description: 'How often it was tried.' })
  tries!: number;

  @Field(() => DeadLetterError, { nullable: true, description: 'Null when no try has ended with an error.' })
  error!: DeadLetterError | null;

  @Field(() => Date)
  parkedAt!: Date;

  @Field(() => Date, { nullable: true })
  firstTriedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  lastTriedAt!: Date | null;

  @Field(() => Int, { description: 'How many later events of the aggregate wait behind it.' })
  waiting!: number;

  @Field(() => String, {
    nullable: true,
    description: "The event as JSON. Null for operators: it is the tenant's content.",
  })
  payload!: string | null;
}

@ObjectType()
@Directive('@shareable')
@Access(...EVERYBODY)
export class DeadLetterEdge {
  @Field(() => DeadLetter)
  node!: DeadLetter;

  @Field({ description: 'This node as a position: give it as `after`.' })
  cursor!: string;
}

@ObjectType({ description: 'A page of DeadLetter, by consumer and aggregate.' })
@Directive('@shareable')
@Access(...EVERYBODY)
export class DeadLetterConnection implements Connection<DeadLetter> {
  @Field(() => [DeadLetterEdge])
  edges!: DeadLetterEdge[];

  @Field(() => [DeadLetter], { description: 'The nodes of `edges`, for those who need no cursors.' })
  nodes!: DeadLetter[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'What came of a redrive.' })
@Directive('@shareable')
@Access(...EVERYBODY)
export class RedrivePayload {
  @Field(() => Int, { nullable: true, description: 'How many events took effect; null when nothing was tried.' })
  applied!: number | null;

  @Field(() => DeadLetter, { nullable: true, description: 'What still waits and why; null when nothing does.' })
  parked!: DeadLetter | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}
