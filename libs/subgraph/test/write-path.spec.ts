import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { decide, refuse, unchanged } from '@graphdesk/decisions';
import { actorOf } from '@graphdesk/testing';
import type { NoteFact, NoteRecord } from './note.record.js';
import { openNotebook } from './notebook-database.js';

const actor = actorOf(['admin']);
const stranger = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000002' });
const written = (): NoteFact => ({ kind: 'note-written', at: new Date() });
const write = (text: string) => decide<NoteRecord, NoteFact>({ text }, [written()]);
const taken = refuse('KEY_TAKEN' as const, 'taken');

describe('the write path', () => {
  let test: Awaited<ReturnType<typeof openNotebook>>;
  beforeAll(async () => {
    test = await openNotebook(8);
  });
  afterAll(() => test.close());

  const create = async (key = newId('event')): Promise<NoteRecord> => {
    const outcome = await test.notes.create(actor, { id: newId('problem'), key, text: '' }, [written()], taken);
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.value;
  };
  /** All that there is of a note: its row, its timeline, its outbox. */
  const stateOf = async (id: string) => ({
    rows: await test.sql('SELECT version, text FROM notebook.note WHERE id = $1', [id]),
    timeline: await versions(
      'SELECT version FROM notebook.timeline_entry WHERE aggregate_id = $1 ORDER BY version',
      id,
    ),
    outbox: await versions(
      'SELECT aggregate_version AS version FROM notebook.outbox WHERE aggregate_id = $1 ORDER BY seq',
      id,
    ),
  });
  const versions = async (sql: string, id: string): Promise<number[]> =>
    (await test.sql<{ version: number }>(sql, [id])).map((row) => row.version);

  it('concurrent changes follow one another: none is lost, versions have no gap', async () => {
    const { id } = await create();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => test.notes.change(actor, id, (row) => write(`${row.text}x`))),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    const all = Array.from({ length: 21 }, (_, index) => index + 1);
    expect(await stateOf(id)).toEqual({
      rows: [{ version: 21, text: 'x'.repeat(20) }],
      timeline: all,
      outbox: all,
    });
  });

  it('several facts of one decision are several versions', async () => {
    const { id } = await create();
    await test.notes.change(actor, id, () => decide<NoteRecord, NoteFact>({ text: 'b' }, [written(), written()]));
    expect(await stateOf(id)).toEqual({ rows: [{ version: 3, text: 'b' }], timeline: [1, 2, 3], outbox: [1, 2, 3] });
  });

  it('a refused decision writes nothing', async () => {
    const { id } = await create();
    expect(await test.notes.change(actor, id, () => refuse('NO', 'no'))).toEqual(refuse('NO', 'no'));
    expect(await stateOf(id)).toEqual({ rows: [{ version: 1, text: '' }], timeline: [1], outbox: [1] });
  });

  it('a decision without facts writes nothing and returns the row as it is', async () => {
    const { id } = await create();
    expect(await test.notes.change(actor, id, () => unchanged())).toMatchObject({ ok: true, value: { version: 1 } });
    const silent = await test.notes.change(actor, id, () => decide<NoteRecord, NoteFact>({ text: 'unsaid' }, []));
    expect(silent).toMatchObject({ ok: true, value: { version: 1, text: '' } });
    expect(await stateOf(id)).toEqual({ rows: [{ version: 1, text: '' }], timeline: [1], outbox: [1] });
  });

  it.each<[string, (row: NoteRecord) => ReturnType<typeof write>]>([
    [
      'the decision throws',
      () => {
        throw new Error('a bug');
      },
    ],
    ['the event breaks its contract', () => write('x'.repeat(1_001))],
  ])('when %s, row, timeline and outbox are as before, and no relay is woken', async (_case, decision) => {
    const { id } = await create();
    const woken = jest.fn();
    test.outbox.onCommit = woken;
    await expect(test.notes.change(actor, id, decision)).rejects.toThrow();
    expect(woken).not.toHaveBeenCalled();
    expect(await stateOf(id)).toEqual({ rows: [{ version: 1, text: '' }], timeline: [1], outbox: [1] });
    await test.notes.change(actor, id, () => write('after'));
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('what goes wrong after the write takes the write with it', async () => {
    const { id } = await create();
    const failed = test.database.transaction(actor.tenantId, async () => {
      await test.notes.change(actor, id, () => write('lost'));
      throw new Error('later');
    });
    await expect(failed).rejects.toThrow('later');
    expect(await stateOf(id)).toEqual({ rows: [{ version: 1, text: '' }], timeline: [1], outbox: [1] });
  });

  it('what belongs to another tenant, or to nobody, is NOT_FOUND and its decision never asked', async () => {
    const { id } = await create();
    const decision = jest.fn(() => write('taken over'));
    expect(await test.notes.change(stranger, id, decision)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await test.notes.change(actor, newId('problem'), decision)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(decision).not.toHaveBeenCalled();
    expect(await stateOf(id)).toEqual({ rows: [{ version: 1, text: '' }], timeline: [1], outbox: [1] });
  });

  it('of many who want one key at once, one gets it and the rest write nothing; another tenant may have it too', async () => {
    const ids = Array.from({ length: 8 }, () => newId('problem'));
    const outcomes = await Promise.all(
      ids.map((id) => test.notes.create(actor, { id, key: 'wanted', text: '' }, [written()], taken)),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok)).toEqual(Array(7).fill(taken));
    expect(await test.sql('SELECT FROM notebook.outbox WHERE aggregate_id = ANY ($1)', [ids])).toHaveLength(1);
    const other = { id: newId('problem'), key: 'wanted', text: '' };
    expect((await test.notes.create(stranger, other, [written()], taken)).ok).toBe(true);
  });
});
