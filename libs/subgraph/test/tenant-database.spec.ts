import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { nextNumber } from '@graphdesk/database';
import type { EntityManager } from 'typeorm';
import { NoteRecord } from './note.record.js';
import { openNotebook } from './notebook-database.js';

const ANN = 'ten_01kb0000000000000000000001';
const BOB = 'ten_01kb0000000000000000000002';

const tenantOf = async (tx: EntityManager): Promise<string | undefined> =>
  (await tx.query<{ tenant: string }[]>('SELECT notebook.current_tenant() AS tenant'))[0]?.tenant;
const tell = (tx: EntityManager, tenantId: string, text: string) =>
  tx.insert(NoteRecord, { id: newId('problem'), tenantId, version: 1, key: newId('event'), text });

describe('the tenant database', () => {
  let test: Awaited<ReturnType<typeof openNotebook>>;
  beforeAll(async () => {
    test = await openNotebook(2);
  });
  afterAll(() => test.close());

  it('two tenants in turn on the same two connections: neither ever sees the other', async () => {
    const inTurn = (tenant: string, turn: number): Promise<void> =>
      test.database.transaction(tenant, async (tx) => {
        await tell(tx, tenant, tenant);
        expect(await tenantOf(tx)).toBe(tenant);
        const seen = await tx.find(NoteRecord);
        expect(new Set(seen.map((note) => note.tenantId))).toEqual(new Set([tenant]));
        if (turn % 5 === 0) throw new Error('given up');
      });
    // Four lanes over two connections: each connection changes hands all the time, after commits and after rollbacks.
    const lane = async (tenant: string): Promise<void> => {
      for (let turn = 0; turn < 50; turn += 1) {
        const ended = expect(inTurn(tenant, turn));
        await (turn % 5 === 0 ? ended.rejects.toThrow('given up') : ended.resolves.toBeUndefined());
      }
    };
    await Promise.all([ANN, BOB, ANN, BOB].map(lane));
    expect(await test.sql('SELECT FROM notebook.note WHERE tenant_id <> text')).toEqual([]);
    expect(await test.sql('SELECT FROM notebook.note')).toHaveLength(160);
  });

  it('past its doors, on a connection that a tenant has used, nothing can be read', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      await expect(test.dataSource.query('SELECT * FROM notebook.note')).rejects.toThrow(/no tenant is set/);
    }
  });

  it("a row of another tenant's cannot be written", async () => {
    const foreign = test.database.transaction(ANN, (tx) => tell(tx, BOB, BOB));
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it('joins a transaction under way: both commit together, or neither', async () => {
    const attempt = (fails: boolean): Promise<void> =>
      test.database.transaction(ANN, async (outer) => {
        await test.database.transaction(ANN, async (inner) => {
          expect(inner).toBe(outer);
          await tell(inner, ANN, 'joined');
        });
        if (fails) throw new Error('outside');
      });
    await expect(attempt(true)).rejects.toThrow('outside');
    expect(await test.sql(`SELECT FROM notebook.note WHERE text = 'joined'`)).toEqual([]);
    await attempt(false);
    expect(await test.sql(`SELECT FROM notebook.note WHERE text = 'joined'`)).toHaveLength(1);
  });

  it('refuses another tenant within a transaction, and a transaction of nobody', async () => {
    const work = jest.fn(() => Promise.resolve());
    const mixed = test.database.transaction(ANN, () => test.database.transaction(BOB, work));
    await expect(mixed).rejects.toThrow('cannot touch another tenant');
    await expect(test.database.transaction('', work)).rejects.toThrow('needs a tenant');
    expect(work).not.toHaveBeenCalled();
  });

  it('calls afterCommit once the rows are there for others, also for a joined part, and never after a rollback', async () => {
    const seen: Promise<unknown[]>[] = [];
    const signal = (): void => void seen.push(test.sql(`SELECT FROM notebook.note WHERE text = 'signalled'`));
    const attempt = (fails: boolean): Promise<void> =>
      test.database.transaction(ANN, async (tx) => {
        await test.database.transaction(ANN, async () => test.database.afterCommit(signal));
        await tell(tx, ANN, 'signalled');
        expect(seen).toEqual([]);
        if (fails) throw new Error('no');
      });
    await expect(attempt(true)).rejects.toThrow('no');
    expect(seen).toEqual([]);
    await attempt(false);
    expect(seen).toHaveLength(1);
    expect(await seen[0]).toHaveLength(1);
    expect(() => test.database.afterCommit(signal)).toThrow('needs a transaction');
  });

  it('numbers are gapless per tenant, also under contention and rollbacks', async () => {
    const take = (tenant: string, fails = false): Promise<number> =>
      test.database.transaction(tenant, async (tx) => {
        const number = await nextNumber(tx, tenant, 'note');
        if (fails) throw new Error('no');
        return number;
      });
    const results = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => take(ANN, index % 3 === 0)));
    const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await take(BOB)).toBe(1);
  });
});
