import type { GraphQLDataSource } from '@apollo/gateway';
import { isId } from '@graphdesk/contracts';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import type { OperationContext } from '../identity/session.js';
import type { Limits } from '../limits.js';
import { EventFeed } from './event-feed.js';
import { EventGate } from './event-gate.js';
import { incarnationOf, type EventStream } from './event-stream.js';
import { LiveStream } from './live-stream.js';
import type { Seats } from './seats.js';
import type { StreamCursors, StreamPosition } from './stream-cursor.js';
import type { StreamField } from './stream-fields.js';
import { streamFault } from './stream-fault.js';
import type { StreamPlanner } from './stream-planner.js';
import { readStreamRequest, type StreamPayload } from './stream-request.js';

/** What all subscriptions of this process share. */
export interface StreamDesk {
  readonly planner: StreamPlanner;
  readonly sources: Readonly<Record<string, GraphQLDataSource>>;
  readonly stream: EventStream;
  readonly cursors: StreamCursors;
  /** How many subscriptions an actor has, over all doors; the holder is `tenant/actor`. */
  readonly actorSeats: Seats<string>;
  readonly limits: Limits;
  readonly log: Logger;
}

/**
 * Opens a subscription. `payload.extensions.after` resumes it after a cursor: everything since then comes first, then what
 * happens, without a hole or a repeat between the two. Throws a GraphQLError or a StreamRefusal when it is refused.
 */
export async function openStream(
  desk: StreamDesk,
  parsed: { document: DocumentNode; operation: OperationDefinitionNode },
  payload: StreamPayload,
  context: OperationContext,
): Promise<LiveStream> {
  const { id, tenantId } = context.actor;
  return desk.actorSeats.hold(`${tenantId}/${id}`, () => open(desk, parsed, payload, context));
}

async function open(...[desk, parsed, payload, context]: Parameters<typeof openStream>): Promise<LiveStream> {
  const { planner, sources, cursors, stream, limits, log } = desk;
  const request = readStreamRequest(planner.schema, parsed, payload);
  const { field, variables } = request;
  const { tenantId } = context.actor;
  const subject = subjectFilter(field, request.arguments, tenantId);
  const plan = planner.plan(request.document, request.operation, variables);
  const gate = new EventGate(field, request.arguments, planner);
  const { incarnation, sequence: after } = await startPosition(payload.extensions?.after, tenantId, stream, cursors);
  const feed = new EventFeed({
    stream,
    log,
    subject,
    after,
    incarnation,
    tenantId,
    buffer: limits.streamBuffer,
    stallMs: limits.streamStallMs,
  });
  const execution = { planner, sources, context, variables, log };
  return new LiveStream({ feed, gate, plan, field, execution, cursors, tenantId, incarnation, after, limits });
}

/** Without a cursor: from now on, by number, so that a broker that restarts before the first event loses nothing. */
async function startPosition(
  after: unknown,
  tenantId: string,
  stream: EventStream,
  cursors: StreamCursors,
): Promise<StreamPosition> {
  const given = after == null ? undefined : cursors.read(after, tenantId);
  if (after != null && !given) throw streamFault('SUBSCRIPTION_CURSOR_INVALID');
  const info = await stream.info();
  const { first_seq: first, last_seq: last } = info.state;
  const now = { tenantId, incarnation: incarnationOf(info), sequence: last };
  if (!given) return now;
  const kept = given.incarnation === now.incarnation && given.sequence + 1 >= first && given.sequence <= last;
  if (!kept) throw streamFault('SUBSCRIPTION_CURSOR_EXPIRED');
  return given;
}

/** The one subject that holds every event this subscription may want: always within the actor's own tenant. */
function subjectFilter(field: StreamField, args: Readonly<Record<string, unknown>>, tenantId: string): string {
  const { idArgument, service, aggregateType, eventName = '*' } = field;
  const id = idArgument && args[idArgument.name];
  if (idArgument && id !== undefined && !(typeof id === 'string' && isId(idArgument.kind, id))) {
    throw streamFault('BAD_USER_INPUT', { message: `"${idArgument.name}" is not an id of this kind.` });
  }
  return `gd.${tenantId}.${service}.${aggregateType}.${typeof id === 'string' ? id : '*'}.${eventName}`;
}
