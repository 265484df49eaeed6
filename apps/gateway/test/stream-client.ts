import { eventually } from '@graphdesk/testing';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Json } from './graphql-request.js';

/** One subscription and everything that came of it. */
export class Subscription {
  readonly results: Json[] = [];
  /** The protocol's error message, or the close event of the socket. */
  error: Json;
  completed = false;
  readonly unsubscribe: () => void;

  constructor(
    client: Client,
    query: string,
    options: { variables?: Record<string, unknown>; after?: string | undefined },
  ) {
    const { variables, after } = options;
    this.unsubscribe = client.subscribe(
      { query, ...(variables && { variables }), ...(after !== undefined && { extensions: { after } }) },
      {
        next: (result) => void this.results.push(result),
        error: (error) => void (this.error = error),
        complete: () => void (this.completed = true),
      },
    );
  }

  get cursor(): string | undefined {
    return this.results.at(-1)?.extensions.cursor;
  }

  /** The revisions received, whatever the field is called. */
  get revisions(): number[] {
    return this.results.map(({ data }) => (Object.values(data ?? {})[0] as { revision: number }).revision);
  }

  async received(count: number, timeoutMs = 10_000): Promise<Json[]> {
    await eventually(
      () => {
        if (this.error) throw new Error(`ended: ${JSON.stringify(this.error)}`);
        if (this.results.length < count) throw new Error(`${this.results.length} of ${count} results`);
      },
      { timeoutMs },
    );
    return this.results;
  }

  async failed(timeoutMs = 10_000): Promise<Json> {
    return eventually(
      () => {
        if (this.error === undefined) throw new Error('no error yet');
        return this.error;
      },
      { timeoutMs },
    );
  }
}

/** A client of graphql-transport-ws that neither retries nor resumes by itself, so that a spec sees every loss. */
export class StreamClient {
  readonly #client: Client;
  readonly closes: { code: number; reason: string }[] = [];
  readonly sockets: WebSocket[] = [];

  constructor(gatewayUrl: string, connectionParams: Record<string, unknown>, headers: Record<string, string> = {}) {
    const { sockets } = this;
    this.#client = createClient({
      url: `${gatewayUrl.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
          sockets.push(this);
        }
      },
      connectionParams,
      retryAttempts: 0,
      lazy: true,
      onNonLazyError: () => undefined,
      on: { closed: (event) => void this.closes.push(event as { code: number; reason: string }) },
    });
  }

  subscribe(
    query: string,
    options: { variables?: Record<string, unknown>; after?: string | undefined } = {},
  ): Subscription {
    return new Subscription(this.#client, query, options);
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}

/** A client with a bearer token in `connection_init`. */
export function clientWith(token: string, gatewayUrl: string): StreamClient {
  return new StreamClient(gatewayUrl, { authorization: `Bearer ${token}` });
}
