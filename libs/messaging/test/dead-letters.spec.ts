import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentAcknowledgedV1, newId, STREAM } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { reaction, type DeadLetter } from '../src/index.js';
import { incidentEvent, PERSON, startProbe, TENANT, type Probe } from './probe.js';

const CONSUMER = 'probe:incidents.incident';

describe('events that cannot be applied', () => {
  const throwing = new Set<string>();
  const hanging = new Set<string>();
  let test: Probe;

  beforeAll(async () => {
    test = await startProbe(
      (applied) => [
        reaction(incidentAcknowledgedV1, async (event, tx) => {
          await applied(event, tx);
          if (throwing.has(event.id)) throw new TypeError(`poison for ${event.subject}`);
          if (hanging.has(event.id)) await new Promise(() => undefined);
        }),
      ],
      { limits: { handlerLimitMs: 300, retryMs: [50, 50, 50] } },
    );
  });
  afterAll(() => test.stop());

  const page = { after: null, limit: 20 };
  const of = (letters: readonly DeadLetter[], aggregateId: string): DeadLetter | undefined =>
    letters.find((letter) => letter.aggregateId === aggregateId);
  const parkedAs = (aggregateId: string, reason: string) =>
    eventually(async () => {
      const letter = of(await test.probe.deadLetters.ofAll(page, null), aggregateId);
      expect(letter?.reason).toBe(reason);
      return letter;
    });
  const three = (id: string) => [1, 2, 3].map((version) => incidentEvent(id, version));

  it('one that throws is parked with its error, tries and payload; what follows waits, others go on', async () => {
    const [sick, well] = [newId('incident'), newId('incident')];
    const events = three(sick);
    throwing.add(events[1]?.id ?? '');
    await publishEvents(test.nats.url, [...events, ...three(well)]);
    await eventually(async () => expect(await test.applied(well)).toEqual([1, 2, 3]));
    const parked = await parkedAs(sick, 'PARK_FAILED');
    expect(parked).toMatchObject({ tenantId: TENANT, consumer: CONSUMER, version: 2, errorName: 'TypeError' });
    expect(parked?.tries).toBeGreaterThanOrEqual(4);
    expect(parked?.lastTriedAt?.getTime()).toBeGreaterThan(parked?.firstTriedAt?.getTime() ?? Infinity);
    expect(parked?.errorOrigin).toContain('dead-letters.spec.ts');
    expect(parked?.content).toBeUndefined();
    await eventually(async () => expect(of(await test.probe.deadLetters.ofAll(page, null), sick)?.waiting).toBe(1));
    expect(of(await test.probe.deadLetters.ofTenant(page, TENANT), sick)?.content).toMatchObject({
      errorDetail: expect.stringContaining(`poison for ${sick}`),
      envelope: JSON.parse(JSON.stringify(events[1])),
    });
    // The gap healer tries on, and each try is on record.
    const later = (parked?.tries ?? 0) + 1;
    await eventually(async () => {
      expect(of(await test.probe.deadLetters.ofAll(page, null), sick)?.tries).toBeGreaterThanOrEqual(later);
    });
    throwing.clear();
    await test.probe.deadLetters.redrive(PERSON, CONSUMER, sick);
    await eventually(async () => expect(await test.applied(sick)).toEqual([1, 2, 3]));
    expect(await test.sql('SELECT FROM probe.inbox_attempt')).toEqual([]);
  });

  it('one that never comes back is cut off with its connection; nothing of it stays, others go on', async () => {
    const stuck = Array.from({ length: 3 }, () => newId('incident'));
    const well = newId('incident');
    const events = stuck.map((id) => incidentEvent(id, 1));
    for (const { id } of events) hanging.add(id);
    await publishEvents(test.nats.url, [...events, ...three(well)]);
    await eventually(async () => expect(await test.applied(well)).toEqual([1, 2, 3]));
    for (const id of stuck) {
      expect(await parkedAs(id, 'PARK_FAILED')).toMatchObject({ errorName: 'TookTooLong' });
      expect(await test.applied(id)).toEqual([]);
    }
    hanging.clear();
    for (const id of stuck) await test.probe.deadLetters.redrive(PERSON, CONSUMER, id);
    for (const id of stuck) await eventually(async () => expect(await test.applied(id)).toEqual([1]));

    // TypeORM's driver holds a pool of node-postgres: every connection is back, and none is open in a transaction.
    const { master } = test.probe.dataSource.driver as unknown as { master: pg.Pool };
    await eventually(() => expect(master.idleCount).toBe(master.totalCount));
    expect(master.waitingCount).toBe(0);
    expect(master.totalCount).toBeLessThanOrEqual(4);
    const sessions = `SELECT state FROM pg_stat_activity WHERE application_name = 'probe-app' AND datname = current_database()`;
    await eventually(async () => {
      const states = (await test.sql<{ state: string }>(sessions)).map(({ state }) => state);
      expect(states).toEqual(Array(master.totalCount).fill('idle'));
    });
  });

  it('redriving while the broker delivers and others redrive takes effect once, in order', async () => {
    const ids = Array.from({ length: 5 }, () => newId('incident'));
    const events = ids.map(three);
    for (const [first] of events) throwing.add(first?.id ?? '');
    await publishEvents(
      test.nats.url,
      events.flatMap((of) => of.slice(0, 2)),
    );
    for (const id of ids) await parkedAs(id, 'PARK_FAILED');
    throwing.clear();
    const redrives = ids.flatMap((id) => [1, 2].map(() => test.probe.deadLetters.redrive(PERSON, CONSUMER, id)));
    const again = publishEvents(test.nats.url, events.flat(), { repeat: true });
    await Promise.all([...redrives, again]);
    for (const id of ids) await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await test.parked()).toEqual([]));
    const effects = 'SELECT event_id, count(*)::int AS times FROM probe.applied GROUP BY 1 HAVING count(*) > 1';
    expect(await test.sql(effects)).toEqual([]);
  });

  it('the broker never gives an event up by itself', async () => {
    const connection = await connect({ servers: test.nats.url });
    const manager = await jetstreamManager(connection);
    const [consumer] = await manager.consumers.list(STREAM).next();
    await connection.close();
    expect(consumer?.config.max_deliver).toBe(-1);
  });
});
