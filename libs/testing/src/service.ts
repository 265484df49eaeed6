import { randomBytes, randomUUID } from 'node:crypto';

import { ENVELOPE_HEADER, parseEnvelopeKeys, signEnvelope, type Actor, type Role } from '@graphdesk/identity';

import { startNats, type NatsServer } from './nats-server.js';
import { createDatabase, provisionService, type Sql, type TestDatabase } from './postgres.js';

/** What a service's start function gives back. */
export interface Startable {
  readonly url: string;
  stop(): Promise<void>;
}

/** A GraphQL response as it came. */
// Specs read responses freely; what they expect of them is the check.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface GraphqlResponse<Data = Record<string, any>> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** One service on its own database and broker, spoken to as the gateway speaks to it. */
export interface TestService<Service extends Startable> {
  readonly service: Service;
  readonly nats: NatsServer;
  readonly database: TestDatabase;
  /** The settings it was started with. */
  readonly environment: NodeJS.ProcessEnv;
  /** A GraphQL request on behalf of an actor. */
  graphql(actor: Actor, query: string, variables?: Record<string, unknown>): Promise<GraphqlResponse>;
  /** A forwarded public request: raw body, no actor. */
  hook(path: string, body: string | Buffer, headers?: Record<string, string>): Promise<Response>;
  /** SQL as superuser: sees through row-level security. */
  sql: Sql;
  /** Stops the service and starts it again on the same database and broker. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** An actor of a tenant; each call without a tenant makes a stranger to all others. */
export function actorOf(roles: readonly Role[], overrides: Partial<Actor> = {}): Actor {
  return { id: 'per_01kb0000000000000000000001', tenantId: 'ten_01kb0000000000000000000001', roles, ...overrides };
}

/**
 * Starts a service for a spec: an empty database with the service's roles, a NATS server, and the service itself, migrated.
 * @param name the service's name
 * @param start usually `(environment) => startSubgraph(definition, environment)`
 */
export async function startTestService<Service extends Startable>(
  name: string,
  start: (environment: NodeJS.ProcessEnv) => Promise<Service>,
  extra: NodeJS.ProcessEnv = {},
): Promise<TestService<Service>> {
  const [database, nats] = await Promise.all([createDatabase(name), startNats()]);
  const roles = await provisionService(database.url, name);
  const keys = `test:${randomBytes(32).toString('base64')}`;
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    DATABASE_URL: roles.appUrl,
    ENGINE_DATABASE_URL: roles.engineUrl,
    OWNER_DATABASE_URL: roles.ownerUrl,
    NATS_URL: nats.url,
    ENVELOPE_KEYS: keys,
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ...extra,
  };
  let service = await start(environment);

  const send = async (path: string, body: string | Buffer, actor: Actor | null, headers: Record<string, string>) => {
    const request = { audience: name, method: 'POST', path, body, actor, correlationId: randomUUID() };
    const envelope = await signEnvelope(request, parseEnvelopeKeys(keys));
    return fetch(service.url + path, { method: 'POST', body, headers: { ...headers, [ENVELOPE_HEADER]: envelope } });
  };
  return {
    get service() {
      return service;
    },
    nats,
    database,
    environment,
    async graphql(actor, query, variables = {}) {
      const json = { 'content-type': 'application/json' };
      const response = await send('/graphql', JSON.stringify({ query, variables }), actor, json);
      return (await response.json()) as GraphqlResponse;
    },
    hook: (path, body, headers = { 'content-type': 'application/json' }) => send(path, body, null, headers),
    sql: database.sql,
    async restart() {
      await service.stop();
      service = await start(environment);
    },
    async stop() {
      await service.stop();
      await nats.stop();
      await database.drop();
    },
  };
}
