import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { OperationContext } from '../identity/session.js';
import { SubgraphUnavailableError, type SubgraphAnswer, type SubgraphClient } from './subgraph-client.js';

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

const answerSchema = z
  .looseObject({ data: z.record(z.string(), z.unknown()).nullish(), errors: z.array(z.looseObject({})).optional() })
  .refine((answer) => answer.data !== undefined || answer.errors !== undefined);

/** Runs a plan's fetches at one subgraph: the body is written once, signed as written, and the answer parsed once. */
export class SubgraphDataSource implements GraphQLDataSource<OperationContext & Record<string, unknown>> {
  readonly #client: SubgraphClient;
  readonly #log: Logger;

  constructor(client: SubgraphClient, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  /** Never throws: a subgraph that cannot answer becomes an error beside the data of the others. */
  async process({ request, context }: GraphQLDataSourceProcessOptions): Promise<Answer> {
    const { actor, correlationId, traceparent, signal } = context as unknown as OperationContext;
    const { query = '', variables, operationName } = request;
    try {
      const answer = await this.#client.send({
        method: 'POST',
        path: this.#client.graphqlPath,
        body: JSON.stringify({ query, variables, operationName }),
        headers: HEADERS,
        actor,
        correlationId,
        ...(traceparent && { traceparent }),
        // A write is not torn in the middle because its caller left.
        ...(signal && !query.startsWith('mutation') && { signal }),
      });
      return this.#read(answer);
    } catch (error) {
      if (!(error instanceof SubgraphUnavailableError)) throw error;
      this.#log.warn({ subgraph: error.subgraph, correlationId, err: error.cause }, 'subgraph unavailable');
      return { errors: [new GraphQLError(error.message, { extensions: { code: error.code } })] };
    }
  }

  #read({ status, body }: SubgraphAnswer): Answer {
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch (cause) {
      throw new SubgraphUnavailableError(this.#client.name, {
        cause: new Error(`HTTP ${status}, not JSON`, { cause }),
      });
    }
    const answer = answerSchema.safeParse(json);
    if (!answer.success || (status >= 500 && !answer.data.data)) {
      throw new SubgraphUnavailableError(this.#client.name, {
        cause: new Error(`HTTP ${status}, not a GraphQL answer`),
      });
    }
    return {
      data: answer.data.data ?? null,
      ...(answer.data.errors && { errors: answer.data.errors as unknown as GraphQLFormattedError[] }),
    };
  }
}
