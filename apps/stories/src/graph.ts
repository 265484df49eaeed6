import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A response as it came over the wire. */
// Stories read responses freely; what they expect of them is the check.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** What came over a subscription so far, oldest first. */
export interface Subscriber {
  readonly received: readonly { readonly data: Answer; readonly cursor: string }[];
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

/** The gateway as a client of one role sees it: the only door that stories use. */
export class Graph {
  constructor(
    private readonly gateway: { readonly http: string; readonly ws: string },
    private readonly token: string,
  ) {}

  /** Data of a query or mutation; throws when the response has errors. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(`${query}\n${JSON.stringify(errors, undefined, 1)}`);
    return data;
  }

  /** The one entity a mutation is about; throws when the mutation refused. */
  async act(mutation: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const data = await this.ask(mutation, variables);
    const [payload] = Object.values<Answer>(data);
    if (payload.errors.length > 0) throw new Error(`${mutation}\n${JSON.stringify(payload.errors)}`);
    return Object.entries(payload).find(([name]) => name !== 'errors')?.[1];
  }

  /** The response as it is, errors included. */
  async send(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await fetch(this.gateway.http, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  }

  /** Subscribes over graphql-ws; resolves once the server has accepted the connection. */
  async watch(query: string, variables: Record<string, unknown> = {}, after?: string): Promise<Subscriber> {
    const received: { data: Answer; cursor: string }[] = [];
    const errors: unknown[] = [];
    const client = createClient({
      url: this.gateway.ws,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: (error) => errors.push(error),
    });
    const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
    client.subscribe(
      { query, variables, ...(after !== undefined && { extensions: { after } }) },
      {
        next: (result) => {
          if (result.errors) errors.push(...result.errors);
          else
            received.push({
              data: result.data,
              cursor: String((result.extensions as { cursor?: string } | undefined)?.cursor),
            });
        },
        error: (error) => errors.push(error),
        complete: () => undefined,
      },
    );
    await connected;
    return { received, errors, close: async () => client.dispose() };
  }
}
