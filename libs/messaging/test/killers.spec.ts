import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { MortalProcess } from './mortal-process.js';
import { incidentEvent, PERSON, startProbe, type Probe } from './probe.js';

const CONSUMER = 'probe:incidents.incident';

describe('an event that ends the process', () => {
  const killer = newId('incident');
  const [, deadly] = [1, 2, 3].map((version) => incidentEvent(killer, version));
  const innocents = Array.from({ length: 10 }, () => newId('incident'));
  let test: Probe;
  let reader: MortalProcess;

  beforeAll(async () => {
    test = await startProbe(undefined, { start: false });
    // They are there before the reader, so many of them are under way when it ends.
    const round = (version: number) => innocents.map((id) => incidentEvent(id, version));
    const before = [...round(1), incidentEvent(killer, 1), ...round(2).slice(0, 5)];
    const after = [...round(2).slice(5), incidentEvent(killer, 3), ...round(3)];
    await publishEvents(test.nats.url, [...before, ...(deadly ? [deadly] : []), ...after]);
    reader = await MortalProcess.start({
      DATABASE_URL: test.probe.roles.appUrl,
      ENGINE_DATABASE_URL: test.probe.roles.engineUrl,
      NATS_URL: test.nats.url,
      LETHAL: deadly?.id ?? '',
    });
  });

  afterAll(async () => {
    await reader.stop();
    await test.stop();
  });

  it('is not run any more after a few deaths, whatever their kind; everything else takes effect once', async () => {
    const pending = 'SELECT event_id, reason FROM probe.inbox_pending ORDER BY aggregate_version';
    await eventually(
      async () => expect(await test.sql(pending)).toMatchObject([{ event_id: deadly?.id, reason: 'PARK_KILLED' }, {}]),
      { timeoutMs: 40_000 },
    );
    expect(reader.deaths).toEqual(['SIGKILL', 'exit 1', 'SIGKILL', 'SIGKILL']);
    expect(
      await test.sql('SELECT tries, unfinished FROM probe.inbox_attempt WHERE event_id = $1', [deadly?.id]),
    ).toEqual([{ tries: 3, unfinished: 3 }]);

    const late = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(late, 1)]);
    for (const id of innocents) await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await test.applied(late)).toEqual([1]));
    expect(await test.applied(killer)).toEqual([1]);
    expect(reader.deaths).toHaveLength(4);
    expect(await test.sql('SELECT event_id FROM probe.inbox_attempt')).toEqual([{ event_id: deadly?.id }]);
  });

  it('stays where it is when it is delivered anew, and after the repair is redriven with what waits', async () => {
    const again = newId('incident');
    await publishEvents(test.nats.url, [...(deadly ? [deadly] : []), incidentEvent(again, 1)], { repeat: true });
    await eventually(async () => expect(await test.applied(again)).toEqual([1]));
    expect(reader.deaths).toHaveLength(4);
    await reader.stop();

    await test.probe.resume();
    expect(await test.probe.deadLetters.ofAll({ after: null, limit: 20 }, null)).toMatchObject([
      { aggregateId: killer, version: 2, reason: 'PARK_KILLED', waiting: 1, errorName: null },
    ]);
    expect(await test.probe.deadLetters.redrive(PERSON, CONSUMER, killer)).toEqual({ applied: 2, parked: undefined });
    expect(await test.applied(killer)).toEqual([1, 2, 3]);
    expect(await test.parked()).toEqual([]);
    expect(await test.sql('SELECT applied, remaining FROM probe.redrive')).toEqual([{ applied: 2, remaining: 0 }]);
  });
});
