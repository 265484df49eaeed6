import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createDatabase,
  eventually,
  freePort,
  provisionService,
  startNats,
  type NatsServer,
  type TestDatabase,
} from '@graphdesk/testing';
import { Module } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { startSubgraph, type SubgraphDefinition } from '../src/index.js';
import { notebook } from './notebook.js';
import { environmentOf } from './own-servers.js';

@Resolver()
class UnlockedResolver {
  @Query(() => String)
  unlocked(): string {
    return 'open to whom?';
  }
}

@Module({ providers: [UnlockedResolver] })
class UnlockedModule {}

class Impossible1795000000002 {
  up(): Promise<void> {
    return Promise.reject(new Error('this migration cannot be'));
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a start that fails', () => {
  let database: TestDatabase;
  let nats: NatsServer;
  let good: NodeJS.ProcessEnv;
  let taken: Server;
  beforeAll(async () => {
    [database, nats] = await Promise.all([createDatabase('failed'), startNats()]);
    good = environmentOf(await provisionService(database.url, notebook.name), nats.url);
    taken = createServer().listen(await freePort(), '127.0.0.1');
  });
  afterAll(async () => {
    taken.close();
    await nats.stop();
    await database.drop();
  });

  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe)/.test(name)).length;
  const portOf = (server: Server): string => String((server.address() as { port: number }).port);

  it.each<[string, () => NodeJS.ProcessEnv, Partial<SubgraphDefinition>, RegExp]>([
    ['a setting is missing', () => ({ NATS_URL: undefined }), {}, /NATS_URL/],
    [
      "the owner's password is wrong",
      () => ({ OWNER_DATABASE_URL: withPassword(good['OWNER_DATABASE_URL'], 'wrong') }),
      {},
      /password authentication failed for user "notebook_owner"/,
    ],
    [
      'the app has no role',
      () => ({ DATABASE_URL: good['DATABASE_URL']?.replace('notebook_app', 'nobody') }),
      {},
      /nobody/,
    ],
    [
      'a migration fails',
      () => ({}),
      { migrations: [...notebook.migrations, Impossible1795000000002] },
      /this migration cannot be/,
    ],
    ['a field has no rule', () => ({}), { module: UnlockedModule }, /without @Access: Query\.unlocked/],
    ['the port is taken', () => ({ PORT: portOf(taken) }), {}, /EADDRINUSE/],
  ])('because %s says so and leaves nothing open', async (_case, fault, other, message) => {
    const before = sockets();
    await expect(startSubgraph({ ...notebook, ...other }, { ...good, ...fault() })).rejects.toThrow(message);
    await eventually(() => expect(sockets()).toBe(before));
    await eventually(async () =>
      expect(
        await database.sql('SELECT application_name FROM pg_stat_activity WHERE usename LIKE $1', ['notebook_%']),
      ).toEqual([]),
    );
  });
});

function withPassword(url: string | undefined, password: string): string {
  const changed = new URL(url ?? '');
  changed.password = password;
  return changed.href;
}
