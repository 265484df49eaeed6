import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import { timerTable, type HandlesTimers, type TimerHandler } from '@graphdesk/timers';
import { Injectable, Module } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { notebook } from './notebook.js';
import { query, startNotebook } from './own-servers.js';

class AddTimers1795000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(timerTable('notebook'));
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}

/** Work that is done at once, and whose follow-up never ends, like a call to a server that hangs. */
@Injectable()
class Endless implements HandlesTimers {
  followed = false;
  readonly timers: readonly TimerHandler[] = [
    {
      kind: 'ENDLESS',
      fire: () =>
        Promise.resolve(() => {
          this.followed = true;
          return new Promise<void>(() => undefined);
        }),
    },
  ];
}

@Module({ imports: [notebook.module], providers: [Endless] })
class EndlessModule {}

let servers: Awaited<ReturnType<typeof startNotebook>>;
beforeAll(async () => {
  servers = await startNotebook({
    ...notebook,
    module: EndlessModule,
    migrations: [...notebook.migrations, AddTimers1795000000002],
    timers: [Endless],
  });
});
afterAll(() => Promise.all([servers.postgres.stop(), servers.nats.stop()]));

it('what follows due work and hangs does not keep the events from ending in good order', async () => {
  const { environment, service } = servers;
  const owner = environment['OWNER_DATABASE_URL'];
  const lease = 'SELECT FROM notebook.relay_lease';
  await eventually(async () => expect(await query(environment['ENGINE_DATABASE_URL'], lease)).toHaveLength(1));
  await query(
    owner,
    `INSERT INTO notebook.timer (tenant_id, subject, kind, due, wake_at) VALUES ('t', 's', 'ENDLESS', now(), now())`,
  );
  await eventually(() => expect(service.app.get(Endless).followed).toBe(true));
  await service.stop();
  expect(await query(owner, lease)).toEqual([]);
});
