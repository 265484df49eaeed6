import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractOf, newId } from '@graphdesk/contracts';
import { eventually, publishEvents, statementsDuring } from '@graphdesk/testing';
import { ignoredEvent, incidentEvent, startProbe, type Probe } from './probe.js';

describe('events on their way in', () => {
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe();
  });
  afterAll(() => test.stop());

  it('are applied once, in order, also those that nobody reacts to', async () => {
    const id = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(id, 1), ignoredEvent(id, 2), incidentEvent(id, 3)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 3]));
    const inbox = await test.sql(
      'SELECT event_id FROM probe.inbox i JOIN probe.inbox_position p USING (consumer) WHERE aggregate_id = $1',
      [id],
    );
    expect(inbox.length).toBeGreaterThanOrEqual(3);
  });

  it("a duplicate has no second effect, even past the broker's own window", async () => {
    const id = newId('incident');
    const events = [incidentEvent(id, 1), incidentEvent(id, 2)];
    await publishEvents(test.nats.url, events);
    await publishEvents(test.nats.url, events, { repeat: true });
    const last = incidentEvent(id, 3);
    await publishEvents(test.nats.url, [last]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
  });

  it('cost five statements each beside their effects, once their aggregate is known', async () => {
    const id = newId('incident');
    await publishEvents(test.nats.url, [ignoredEvent(id, 1)]);
    await eventually(async () => expect(await positionOf(id)).toBe(1));
    const statements = await statementsDuring(async () => {
      await publishEvents(test.nats.url, [ignoredEvent(id, 2)]);
      await eventually(async () => expect(await positionOf(id)).toBe(2));
    });
    // What this spec asks itself names the schema.
    const own = statements.filter(({ text }) => !text.includes('probe.'));
    const ofEvent = own.filter(({ text, values }) => values.includes(id) || /^(START|COMMIT)/.test(text));
    // With the tenant's setting, which names no aggregate.
    expect(ofEvent.map(({ text }) => text.trim().split(/\s/)[0])).toEqual(['START', 'WITH', 'WITH', 'COMMIT']);
  });

  const positionOf = async (id: string): Promise<number | undefined> => {
    const query = 'SELECT version FROM probe.inbox_position WHERE aggregate_id = $1';
    return (await test.sql<{ version: number }>(query, [id]))[0]?.version;
  };

  it('a late one takes effect before those that overtook it', async () => {
    const id = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(id, 3), incidentEvent(id, 2)]);
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_GAP', 'PARK_GAP']));
    expect(await test.applied(id)).toEqual([]);
    await publishEvents(test.nats.url, [incidentEvent(id, 1)]);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    expect(await test.parked()).toEqual([]);
  });

  it('one that the broker skipped is fetched from the producer', async () => {
    const id = newId('incident');
    const events = [1, 2, 3].map((version) => incidentEvent(id, version));
    await test.incidents.append(events);
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    // The consumer forgets, as if the broker had never delivered the first two; the third arrives again.
    await test.sql('DELETE FROM probe.applied WHERE aggregate_id = $1', [id]);
    await test.sql('DELETE FROM probe.inbox_position WHERE aggregate_id = $1', [id]);
    await test.sql('DELETE FROM probe.inbox WHERE event_id = ANY ($1)', [events.map((event) => event.id)]);
    await publishEvents(test.nats.url, events.slice(2), { repeat: true });
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    expect(await test.parked()).toEqual([]);
  });

  it('one of a newer contract waits, and everything after it, until this build knows it', async () => {
    const id = newId('incident');
    const known = incidentEvent(id, 1);
    const newer = incidentEvent(id, 2, { type: 'graphdesk.incidents.incident-acknowledged.v2' });
    expect(contractOf(newer.type)).toBeUndefined();
    const subjectOfV2 = [known, newer, incidentEvent(id, 3)];
    await publishEvents(test.nats.url, subjectOfV2);
    await eventually(async () => expect(await test.parked()).toEqual(['PARK_UNKNOWN', 'PARK_GAP']));
    expect(await test.applied(id)).toEqual([1]);
    // The upgrade: the same event under a type that this build knows, as the new build would see it.
    await test.sql(
      `UPDATE probe.inbox_pending SET envelope = jsonb_set(envelope, '{type}', '"graphdesk.incidents.incident-acknowledged.v1"')
       WHERE event_id = $1`,
      [newer.id],
    );
    await test.probe.restart();
    await eventually(async () => expect(await test.applied(id)).toEqual([1, 2, 3]));
    expect(await test.parked()).toEqual([]);
  });

  it('one that speaks for another service is refused and hurts nobody', async () => {
    const id = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(id, 1, { source: '/graphdesk/changes' })]);
    const other = newId('incident');
    await publishEvents(test.nats.url, [incidentEvent(other, 1)]);
    await eventually(async () => expect(await test.applied(other)).toEqual([1]));
    expect(await test.applied(id)).toEqual([]);
  });
});
