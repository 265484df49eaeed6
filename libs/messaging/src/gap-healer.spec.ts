import { describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import type { Pool } from 'pg';
import { pino } from 'pino';
import type { Delivery } from './delivery.js';
import { GapHealer } from './gap-healer.js';
import type { HistoryClient } from './history-client.js';

describe('the gap healer', () => {
  it('finishes the aggregate at hand when it is stopped, and begins no other', async () => {
    const waiting = ['inc_1', 'inc_2', 'inc_3'].map((aggregate_id) => ({
      consumer: 'probe:incidents.incident',
      tenant_id: 'ten_1',
      aggregate_id,
      source: '/graphdesk/incidents',
      last: 0,
      first: 1,
      due: true,
    }));
    const pool = { query: () => Promise.resolve({ rows: waiting, rowCount: 0 }) } as unknown as Pool;
    const begun: string[] = [];
    let finish: () => void = () => undefined;
    const delivery = {
      resume: (_tenantId: string, aggregateId: string) => {
        begun.push(aggregateId);
        return begun.length > 1 ? Promise.resolve() : new Promise<void>((resolve) => (finish = resolve));
      },
    } as unknown as Delivery;
    const deliveries = new Map([['probe:incidents.incident', delivery]]);
    const healer = new GapHealer(pool, {} as HistoryClient, deliveries, pino({ level: 'silent' }));
    healer.start();
    await eventually(() => expect(begun).toEqual(['inc_1']));
    const stopped = healer.stop();
    finish();
    await stopped;
    expect(begun).toEqual(['inc_1']);
  });
});
