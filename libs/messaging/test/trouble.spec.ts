import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentAcknowledgedV1, newId, STREAM } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { reaction } from '../src/index.js';
import { incidentEvent, startProbe, type Probe } from './probe.js';

describe('when applying fails', () => {
  const poison = new Set<string>();
  let test: Probe;

  beforeAll(async () => {
    test = await startProbe((applied) => [
      reaction(incidentAcknowledgedV1, async (event, tx) => {
        if (poison.has(`${event.subject}/${event.subjectversion}`)) throw new Error('poison');
        await applied(event, tx);
      }),
    ]);
  });

  afterAll(() => test.stop());

  it('one that always throws is set aside with what follows it; those before it and other aggregates go on', async () => {
    const sick = newId('incident');
    poison.add(`${sick}/2`);
    await publishEvents(
      test.nats.url,
      [1, 2, 3].map((version) => incidentEvent(sick, version)),
    );
    await eventually(async () => expect(await test.applied(sick)).toEqual([1]));
    const well = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(well, 1), incidentEvent(well, 2)]);
    await eventually(async () => expect(await test.applied(well)).toEqual([1, 2]));
    await eventually(async () => expect((await test.parked()).sort()).toEqual(['PARK_FAILED', 'PARK_GAP']), {
      timeoutMs: 30_000,
    });

    poison.clear();
    await eventually(async () => expect(await test.applied(sick)).toEqual([1, 2, 3]), { timeoutMs: 60_000 });
    expect(await test.parked()).toEqual([]);
  });

  it('one that arrived too early and throws does not hold back those it waited for', async () => {
    const id = newId('incident');
    poison.add(`${id}/2`);
    await publishEvents(test.nats.url, [incidentEvent(id, 2)]);
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_GAP']));
    await publishEvents(test.nats.url, [incidentEvent(id, 1)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1]));
    poison.clear();
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]), { timeoutMs: 60_000 });
  });

  it('a gap that nobody can fill does not keep others from being healed', async () => {
    const hopeless = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(hopeless, 5)]);
    const id = newId('incident');
    await test.incidents.append([1, 2, 3].map((version) => incidentEvent(id, version)));
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    await test.sql('DELETE FROM probe.applied WHERE aggregate_id = $1', [id]);
    await test.sql('DELETE FROM probe.inbox_position WHERE aggregate_id = $1', [id]);
    await test.sql(
      'DELETE FROM probe.inbox WHERE event_id IN (SELECT event_id FROM incidents.outbox WHERE aggregate_id = $1)',
      [id],
    );
    const [last] = await test.sql<{ envelope: ReturnType<typeof incidentEvent> }>(
      'SELECT envelope FROM incidents.outbox WHERE aggregate_id = $1 AND aggregate_version = 3',
      [id],
    );
    if (last) await publishEvents(test.nats.url, [last.envelope], { repeat: true });
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
  });
});

describe('when the broker loses its stream', () => {
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe();
  });
  afterAll(() => test.stop());

  it('what it had acknowledged is published again, and what readers know has no second effect', async () => {
    const known = newId('incident');
    await test.incidents.append([incidentEvent(known, 1), incidentEvent(known, 2)]);
    await eventually(async () => expect(await test.applied(known)).toEqual([1, 2]));

    await test.probe.pause();
    const unread = newId('incident');
    await test.incidents.append([incidentEvent(unread, 1), incidentEvent(unread, 2)]);
    await eventually(async () =>
      expect(await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).toEqual([]),
    );
    const connection = await connect({ servers: test.nats.url });
    await (await jetstreamManager(connection)).streams.delete(STREAM);
    await connection.close();
    await test.probe.resume();

    await eventually(async () => expect(await test.applied(unread)).toEqual([1, 2]), { timeoutMs: 30_000 });
    expect(await test.applied(known)).toEqual([1, 2]);
  });
});
