import { ENVELOPE_HEADER, signEnvelope, type EnvelopeKey } from '@graphdesk/identity';
import type { Actor } from '@graphdesk/identity';
import { Pool, type Dispatcher } from 'undici';
import type { RequestTrace } from '../identity/request-trace.js';

/** Where a subgraph is and what signs its envelopes. */
export interface SubgraphTarget {
  readonly name: string;
  /** `http://host:port/path`; without a path, GraphQL is at `/graphql`. */
  readonly address: string;
  readonly keys: readonly EnvelopeKey[];
}

/** One request to a subgraph. */
export interface SubgraphRequest extends RequestTrace {
  readonly method: string;
  /** Path with query string. */
  readonly path: string;
  readonly body: Uint8Array | string;
  /** Null for a forwarded public request. */
  readonly actor: Actor | null;
  /** Headers beyond the envelope and the trace. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A subgraph's whole answer. */
export interface SubgraphAnswer {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: string;
}

/** The subgraph did not answer: refused, reset, too slow, or too much. The cause is for the log, never for the caller. */
export class SubgraphUnavailableError extends Error {
  readonly code = 'SUBGRAPH_UNAVAILABLE';
  constructor(
    readonly subgraph: string,
    options?: ErrorOptions,
  ) {
    super(`The service "${subgraph}" is not available at the moment.`, options);
  }
}

/** The one way to a subgraph: a connection pool, a signed envelope on each request, and a time limit on each answer. */
export class SubgraphClient {
  readonly name: string;
  /** Where this subgraph answers GraphQL. */
  readonly graphqlPath: string;
  readonly #pool: Pool;
  readonly #keys: readonly EnvelopeKey[];
  readonly #callMs: number;

  constructor(target: SubgraphTarget, limits: { subgraphCallMs: number; subgraphAnswerBytes: number }) {
    const url = new URL(target.address);
    this.name = target.name;
    this.graphqlPath = url.pathname === '/' ? '/graphql' : url.pathname;
    this.#keys = target.keys;
    this.#callMs = limits.subgraphCallMs;
    this.#pool = new Pool(url.origin, {
      connections: 64,
      maxResponseSize: limits.subgraphAnswerBytes,
      connect: { timeout: limits.subgraphCallMs },
    });
  }

  /** Sends one request and reads the whole answer. Throws {@link SubgraphUnavailableError} when there is none in time. */
  async send(request: SubgraphRequest): Promise<SubgraphAnswer> {
    const envelope = await signEnvelope({ ...request, audience: this.name }, this.#keys);
    const timeout = AbortSignal.timeout(this.#callMs);
    try {
      const response = await this.#pool.request({
        method: request.method,
        path: request.path,
        body: request.body,
        headers: {
          ...request.headers,
          [ENVELOPE_HEADER]: envelope,
          'x-correlation-id': request.correlationId,
          ...(request.traceparent && { traceparent: request.traceparent }),
        },
        signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
      });
      return { status: response.statusCode, headers: response.headers, body: await response.body.text() };
    } catch (cause) {
      throw new SubgraphUnavailableError(this.name, { cause });
    }
  }

  /** Ends idle connections and waits for requests under way. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
