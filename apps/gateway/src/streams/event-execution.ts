import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { EventEnvelope } from '@graphdesk/contracts';
import { execute, type ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { EVENTS_GRAPH } from '../federation/supergraph.js';
import type { OperationContext } from '../identity/session.js';
import { dropNothingSelected } from './specialised-document.js';
import type { StreamField } from './stream-fields.js';
import type { StreamPlan, StreamPlanner } from './stream-planner.js';

type RequestContext = Parameters<typeof executeQueryPlan>[2];

/** Everything a plan needs beyond the event. */
export interface EventExecution {
  readonly planner: StreamPlanner;
  readonly sources: Readonly<Record<string, GraphQLDataSource>>;
  readonly context: OperationContext;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly log: Logger;
}

/** What an event says by itself; the planner's other fetches start from the entity's key in it. */
export function payloadOf(event: EventEnvelope, field: StreamField): Record<string, unknown> {
  const [, , name = ''] = event.type.split('.');
  return {
    kind: name.toUpperCase().replaceAll('-', '_'),
    id: event.subject,
    revision: event.subjectversion,
    occurredAt: event.time,
    [field.entityField]: { __typename: field.entityType, id: event.subject },
  };
}

/** Runs a subscription's plan for one event: the event answers the primary fetch, subgraphs answer the rest as for a query. */
export async function executeForEvent(
  plan: StreamPlan,
  field: StreamField,
  event: EventEnvelope,
  { planner, sources, context, variables, log }: EventExecution,
): Promise<ExecutionResult> {
  const eventSource: GraphQLDataSource = {
    // A fresh answer each time: the executor merges what it fetches into it.
    process: async () =>
      execute({
        schema: planner.supergraphSchema,
        document: plan.primaryDocument,
        rootValue: { [field.name]: payloadOf(event, field) },
        variableValues: variables,
      }),
  };
  const requestContext = {
    request: { query: plan.text, variables },
    document: plan.document,
    context,
    metrics: {},
    logger: log,
  };
  const { data, errors } = await executeQueryPlan(
    plan.queryPlan,
    { ...sources, [EVENTS_GRAPH]: eventSource },
    requestContext as unknown as RequestContext,
    plan.operationContext,
    planner.supergraphSchema,
    planner.apiSchema,
    {},
  );
  if (plan.hasStandIns) dropNothingSelected(data);
  return { ...(data !== undefined && { data }), ...(errors && { errors }) };
}
