import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentAcknowledgedV1, newId } from '@graphdesk/contracts';
import { eventually, publishEvents } from '@graphdesk/testing';
import { reaction } from '../src/index.js';
import { incidentEvent, PERSON, startProbe, type Probe } from './probe.js';

const CONSUMER = 'probe:incidents.incident';

describe('the database in trouble while an event is applied', () => {
  /** What comes of the next tries. */
  const trouble: (Error | 'POISON')[] = [];
  let tries = 0;
  let test: Probe;

  beforeAll(async () => {
    test = await startProbe(
      (applied) => [
        reaction(incidentAcknowledgedV1, async (event, tx) => {
          await applied(event, tx);
          tries += 1;
          const next = trouble.shift();
          if (next === 'POISON') throw new TypeError('poison');
          if (next) throw next;
        }),
      ],
      { limits: { retryMs: [20] } },
    );
  });
  afterEach(() => {
    trouble.length = 0;
    tries = 0;
  });
  afterAll(() => test.stop());

  it.each([
    ['a deadlock', Object.assign(new Error('deadlock detected'), { code: '40P01' })],
    ['a pool without a connection', new Error('timeout exceeded when trying to connect')],
  ])('%s is no failure of the event: it comes again, and nothing is on record', async (_, error) => {
    const id = newId('incident');
    trouble.push(error, error, error);
    await publishEvents(test.nats.url, [incidentEvent(id, 1), incidentEvent(id, 2)]);
    await eventually(async () => {
      expect(await test.sql('SELECT reason FROM probe.inbox_pending WHERE reason = $1', ['PARK_FAILED'])).toEqual([]);
      expect(await test.sql('SELECT FROM probe.inbox_attempt WHERE error_name IS NOT NULL')).toEqual([]);
      expect(await test.applied(id)).toEqual([1, 2]);
    });
    expect(tries).toBe(5);
  });

  it('it neither adds to the failures of a sick one, nor makes it a killer', async () => {
    const id = newId('incident');
    const event = incidentEvent(id, 1);
    const gone = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const plenty = Array.from({ length: 50 }, () => gone);
    trouble.push('POISON', 'POISON', ...plenty);
    await publishEvents(test.nats.url, [event]);
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_FAILED']));
    for (let times = 0; times < 4; times += 1) await test.probe.deadLetters.redrive(PERSON, CONSUMER, id);
    expect(tries).toBeGreaterThanOrEqual(6);
    await eventually(async () =>
      expect(
        await test.sql('SELECT tries, unfinished FROM probe.inbox_attempt WHERE event_id = $1', [event.id]),
      ).toEqual([{ tries: 2, unfinished: 0 }]),
    );
    expect(await test.parked()).toEqual(['PARK_FAILED']);
    trouble.length = 0;
    await test.probe.deadLetters.redrive(PERSON, CONSUMER, id);
    await eventually(async () => expect(await test.applied(id)).toEqual([1]));
  });
});
