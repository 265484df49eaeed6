import '../federation/telemetry-off.js';
import { buildOperationContext } from '@apollo/gateway';
import { operationFromDocument, type Schema, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type FetchNode, type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { parse, print, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { EVENTS_GRAPH } from '../federation/supergraph.js';
import { NOTHING_SELECTED, specialise } from './specialised-document.js';
import { streamFault } from './stream-fault.js';

/** What is run for each event of a subscription. */
export interface StreamPlan {
  /** The fetch that the event itself answers, and its text, parsed. */
  readonly primary: FetchNode;
  readonly primaryDocument: DocumentNode;
  /** The whole plan in a form that the stock executor runs. */
  readonly queryPlan: QueryPlan;
  readonly document: DocumentNode;
  readonly text: string;
  readonly operationContext: ReturnType<typeof buildOperationContext>;
  /** Some selection lost all of its fields to conditions: stand-ins have to be taken out. */
  readonly hasStandIns: boolean;
}

/** One composed graph and the plans made for it. A new supergraph gets a new planner. */
export class StreamPlanner {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly #planner: QueryPlanner;
  readonly #plans = new Map<string, StreamPlan>();
  readonly #maxPlans: number;

  constructor(supergraph: Supergraph, maxPlans: number) {
    this.apiSchema = supergraph.apiSchema();
    this.schema = this.apiSchema.toGraphQLJSSchema();
    this.supergraphSchema = supergraph.schema.toGraphQLJSSchema();
    this.#planner = new QueryPlanner(supergraph);
    this.#maxPlans = maxPlans;
  }

  /** The plan of a validated subscription; kept per text that remains once conditions are resolved. */
  plan(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): StreamPlan {
    const specialised = specialise(document, operation, variables);
    const text = print(specialised);
    const known = this.#plans.get(text);
    if (known) return known;
    const plan = this.#build(specialised, text);
    this.#plans.set(text, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > this.#maxPlans && oldest !== undefined) this.#plans.delete(oldest);
    return plan;
  }

  /** The same for a text of our own without variables. */
  planText(text: string): StreamPlan {
    const document = parse(text);
    return this.plan(document, document.definitions[0] as OperationDefinitionNode, {});
  }

  #build(document: DocumentNode, text: string): StreamPlan {
    const planned = this.#planner.buildQueryPlan(operationFromDocument(this.apiSchema, document)).node;
    const { primary, rest } = splitSubscription(planned);
    return {
      primary,
      primaryDocument: parse(primary.operation),
      queryPlan: { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary },
      document,
      text,
      operationContext: buildOperationContext({ schema: this.schema, operationDocument: document }),
      hasStandIns: text.includes(NOTHING_SELECTED),
    };
  }
}

function splitSubscription(node: QueryPlan['node']): { primary: FetchNode; rest?: PlanNode } {
  const plan = node?.kind === 'Subscription' ? node : node?.kind === 'Fetch' ? { primary: node } : undefined;
  if (plan?.primary.serviceName === EVENTS_GRAPH) return plan;
  throw streamFault('GRAPHQL_VALIDATION_FAILED', { message: 'This field cannot be subscribed to.' });
}
