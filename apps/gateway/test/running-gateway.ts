import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@graphdesk/contracts';
import { parseEnvelopeKeys } from '@graphdesk/identity';
import { pino } from 'pino';
import { startGateway, type Gateway } from '../src/gateway.js';
import { LIMITS, type Limits } from '../src/limits.js';
import { readSettings } from '../src/settings.js';
import { FixtureData } from './fixture-data.js';
import { FIXTURE_SDL, fixtureSupergraph, type FixtureName } from './fixture-schemas.js';
import { FixtureSubgraph } from './fixture-subgraph.js';
import { createIssuer, person, type Issuer } from './issuer.js';

/** A graph of fixture subgraphs, an issuer and everything a gateway must be told. */
export interface Fixture {
  readonly data: FixtureData;
  readonly subgraphs: Record<FixtureName, FixtureSubgraph>;
  readonly issuer: Issuer;
  readonly tenantId: string;
  readonly env: NodeJS.ProcessEnv;
  /** A valid token of a responder of the tenant. */
  readonly token: string;
  start(limits?: Partial<Limits>, env?: NodeJS.ProcessEnv): Promise<Gateway>;
  /** Ends every gateway that was started, then the subgraphs. */
  dispose(): Promise<void>;
}

const NOBODY_LISTENS = 'nats://127.0.0.1:1';

/** Starts the fixture subgraphs. `natsUrl` may be left out where no event is needed. */
export async function createFixture(natsUrl: string = NOBODY_LISTENS): Promise<Fixture> {
  const names = Object.keys(FIXTURE_SDL) as FixtureName[];
  const data = new FixtureData();
  const issuer = await createIssuer();
  const folder = mkdtempSync(join(tmpdir(), 'graphdesk-gateway-'));
  writeFileSync(join(folder, 'supergraph.graphql'), fixtureSupergraph());
  const keys = new Map(names.map((name) => [name, `test:${randomBytes(32).toString('base64')}`]));
  const subgraphs = Object.fromEntries(
    names.map((name) => [
      name,
      new FixtureSubgraph(name, FIXTURE_SDL[name], data.resolvers(name), parseEnvelopeKeys(keys.get(name) ?? '')),
    ]),
  ) as Record<FixtureName, FixtureSubgraph>;
  await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.listen()));
  const env = {
    PORT: '0',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    SUPERGRAPH: join(folder, 'supergraph.graphql'),
    SUBGRAPHS: names.map((name) => `${name}=${subgraphs[name].url}`).join(','),
    AUTH_JWKS: issuer.jwksFile,
    AUTH_ISSUER: issuer.issuer,
    NATS_URL: natsUrl,
    ...Object.fromEntries(names.map((name) => [`ENVELOPE_KEYS_${name.toUpperCase()}`, keys.get(name)])),
  };
  const tenantId = newId('tenant');
  const gateways: Gateway[] = [];
  return {
    data,
    subgraphs,
    issuer,
    tenantId,
    env,
    token: await issuer.token(person(tenantId, 'responder')),
    async start(limits = {}, overrides = {}) {
      const settings = readSettings({ ...env, ...overrides });
      const gateway = await startGateway(settings, pino({ level: settings.logLevel }), { ...LIMITS, ...limits });
      gateways.push(gateway);
      return gateway;
    },
    async dispose() {
      await Promise.all(gateways.map((gateway) => gateway.close()));
      await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.close()));
      issuer.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
