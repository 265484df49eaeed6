import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  contractOf,
  defineEvent,
  incidentAcknowledgedV1,
  newId,
  type EventContract,
  type EventEnvelope,
} from '@graphdesk/contracts';
import { eventOf, eventually } from '@graphdesk/testing';
import { z } from 'zod';
import { reaction, type Reaction } from '../src/index.js';
import { incidentEvent, PERSON, startProbe, type AppliedWriter, type Probe } from './probe.js';

/** Of the next build: the same fact with another payload, and a fact that this build has never heard of. */
const acknowledgedV2 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-acknowledged',
  version: 2,
  schema: z.object({ acknowledgement: z.object({ by: z.string() }) }),
});
const frozenV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-frozen',
  version: 1,
  schema: z.object({ frozenBy: z.string() }),
});

const older = (applied: AppliedWriter): readonly Reaction[] => [reaction(incidentAcknowledgedV1, applied)];
const newer = (applied: AppliedWriter): readonly Reaction[] => [
  ...older(applied),
  reaction(acknowledgedV2, async (event, tx) => {
    if (event.data.acknowledgement.by !== PERSON) throw new Error('not as published');
    await applied(event, tx);
  }),
  reaction(frozenV1, applied),
];

describe('a producer one build ahead of its reader', () => {
  let build: 'older' | 'newer' = 'older';
  const next: readonly EventContract[] = [acknowledgedV2, frozenV1];
  const knows = (type: string): boolean =>
    contractOf(type) !== undefined || (build === 'newer' && next.some((contract) => contract.type === type));
  let test: Probe;

  /** The reader of this build from now on, as a deployment does it. */
  const deploy = async (which: typeof build): Promise<void> => {
    build = which;
    await test.probe.restart();
  };
  const v2 = (id: string, version: number): EventEnvelope =>
    eventOf(acknowledgedV2, id, version, { acknowledgement: { by: PERSON } });
  const frozen = (id: string, version: number): EventEnvelope => eventOf(frozenV1, id, version, { frozenBy: PERSON });

  beforeAll(async () => {
    test = await startProbe((applied) => (build === 'older' ? older(applied) : newer(applied)), { knows });
  });
  afterAll(() => test.stop());

  it.each([
    ['a newer version of an event', v2],
    ['an event that is new', frozen],
  ])('%s waits with what follows, others go on; after the upgrade all of it applies in order', async (_, ahead) => {
    await deploy('older');
    const [id, other] = [newId('incident'), newId('incident')];
    await test.incidents.append([incidentEvent(id, 1), ahead(id, 2), incidentEvent(id, 3), ahead(id, 4)]);
    await test.incidents.append([1, 2, 3].map((version) => incidentEvent(other, version)));
    await eventually(async () => expect(await test.applied(other)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_UNKNOWN', 'PARK_GAP', 'PARK_UNKNOWN']));
    expect(await test.applied(id)).toEqual([1]);
    expect(await test.probe.deadLetters.ofAll({ after: null, limit: 20 }, null)).toMatchObject([
      { aggregateId: id, version: 2, reason: 'PARK_UNKNOWN', waiting: 2, tries: 0 },
    ]);

    await deploy('newer');
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3, 4]));
    expect(await test.parked()).toEqual([]);
  });

  it('a reader that goes back a build keeps what it applied, and loses nothing that it cannot apply now', async () => {
    await deploy('newer');
    const id = newId('incident');
    await test.incidents.append([v2(id, 1), incidentEvent(id, 2)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2]));

    await deploy('older');
    await test.incidents.append([incidentEvent(id, 3), frozen(id, 4), incidentEvent(id, 5)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_UNKNOWN', 'PARK_GAP']));

    await deploy('newer');
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3, 4, 5]));
    expect(await test.parked()).toEqual([]);
  });

  it('a payload field that this build does not know is passed over', async () => {
    await deploy('older');
    const id = newId('incident');
    const event = incidentEvent(id, 1);
    await test.incidents.append([{ ...event, data: { ...(event.data as object), mood: 'calm' } }]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1]));
    expect(await test.parked()).toEqual([]);
  });
});
