import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  bodyHash,
  ENVELOPE_HEADER,
  verifyEnvelope,
  type Actor,
  type EnvelopeKey,
  type VerifiedEnvelope,
} from '@graphdesk/identity';
import { graphql, GraphQLError, parse } from 'graphql';

type SubgraphModule = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown; resolvers?: unknown }>;

/** A request as a subgraph got it, its envelope verified. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly envelope: VerifiedEnvelope;
}

/** How a subgraph misbehaves; a code in capitals is the GraphQL error, in an answer with status 200, of everything it is asked. */
export type Trouble = 'none' | 'reset' | 'hang' | 'not-json' | Uppercase<string>;

/** A subgraph in this process that accepts nothing but requests with a valid envelope. */
export class FixtureSubgraph {
  readonly received: ReceivedRequest[] = [];
  trouble: Trouble = 'none';
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #schema;
  readonly #hanging = new Set<ServerResponse>();

  constructor(
    readonly name: string,
    sdl: string,
    resolvers: Record<string, Record<string, unknown>>,
    private readonly keys: readonly EnvelopeKey[],
  ) {
    this.#schema = buildSubgraphSchema({
      typeDefs: parse(sdl),
      resolvers: resolvers as NonNullable<SubgraphModule['resolvers']>,
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get graphqlCalls(): number {
    return this.received.filter(({ path }) => path === '/graphql').length;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = request;
    const line = { audience: this.name, method, path };
    const envelope = await verifyEnvelope(String(headers[ENVELOPE_HEADER] ?? ''), line, this.keys).catch(
      () => undefined,
    );
    if (!envelope || envelope.bodyHash !== bodyHash(body)) return void response.writeHead(401).end();
    this.received.push({ method, path, headers, body, envelope });
    if (this.trouble === 'reset') return void request.socket.destroy();
    if (this.trouble === 'hang') return void this.#hanging.add(response);
    if (this.trouble === 'not-json') return void response.writeHead(502).end('<html>bad gateway</html>');
    if (path !== '/graphql') {
      return void response
        .writeHead(202, { 'content-type': 'application/json', 'x-secret': '1' })
        .end('{"taken":true}');
    }
    if (this.trouble !== 'none') {
      const errors = [new GraphQLError(`${this.name} says so`, { extensions: { code: this.trouble } })];
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors, data: null }));
    }
    const { query, variables } = JSON.parse(body.toString()) as { query: string; variables?: Record<string, unknown> };
    const contextValue: { actor: Actor | null } = { actor: envelope.actor };
    const result = await graphql({ schema: this.#schema, source: query, variableValues: variables, contextValue });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }
}
