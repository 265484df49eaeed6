import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import { pino } from 'pino';
import { fireTimer, TimerEngine, TimerStore, type ClaimedTimer, type TimerHandler } from '../src/index.js';
import { startLights, TENANTS, turnOff, turnOffBlindly, type Lights } from './lights.js';

let lights: Lights;
const engines: TimerEngine[] = [];
beforeEach(async () => {
  lights = await startLights();
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  await lights.stop();
});

function startEngine(...handlers: TimerHandler[]): TimerEngine {
  const engine = new TimerEngine(lights.database, lights.engine, handlers, pino({ level: 'silent' }));
  engines.push(engine);
  engine.start();
  return engine;
}

const [TENANT] = TENANTS;
const past = async (ms = 1_000): Promise<Date> => new Date((await lights.now()).getTime() - ms);

describe('the timer engine', () => {
  it('fires what is due, in the order of due times, and not what is not', async () => {
    await lights.setOff(TENANT, 'second', await past(1_000));
    await lights.setOff(TENANT, 'first', await past(2_000));
    await lights.setOff(TENANT, 'later', new Date((await lights.now()).getTime() + 60_000));
    startEngine(turnOff);
    await eventually(async () =>
      expect((await lights.effects()).map(({ light }) => light)).toEqual(['first', 'second']),
    );
    await lights.time.forward(61_000);
    await eventually(async () => expect((await lights.effects()).map(({ light }) => light)).toContain('later'));
    expect(await lights.timers()).toEqual([]);
  });

  it('two replicas share the work, also while connections are cut: each light goes off once', async () => {
    const due = await past();
    for (let i = 0; i < 150; i += 1) await lights.setOff(TENANTS[i % 2] ?? TENANT, `light-${i}`, due);
    startEngine(turnOff);
    startEngine(turnOff);
    await eventually(async () => expect((await lights.effects()).length).toBeGreaterThan(20));
    await lights.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename LIKE 'lights%'`,
    );
    await eventually(async () => {
      await lights.time.forward(10_000);
      expect(await lights.timers()).toEqual([]);
    });
    expect(new Set((await lights.effects()).map(({ light }) => light)).size).toBe(150);
    expect(await lights.effects()).toHaveLength(150);
  });

  it('a light that cannot go off waits longer after each try, and the others go off', async () => {
    await lights.setOff(TENANT, 'broken', await past(2_000));
    await lights.setOff(TENANT, 'good', await past());
    startEngine({
      kind: 'OFF',
      fire: async (timer, tx) => {
        const after = await turnOff.fire(timer, tx);
        if (timer.subject === 'broken' && timer.tries < 3) throw new Error('the bulb is stuck');
        return after;
      },
    });
    await eventually(async () => expect((await lights.effects()).map(({ light }) => light)).toEqual(['good']));
    await eventually(async () =>
      expect(await lights.timers()).toEqual([{ subject: 'broken', tries: 1, error: 'the bulb is stuck', waits: true }]),
    );
    await lights.time.forward(1_000);
    await eventually(async () => expect(await lights.timers()).toMatchObject([{ tries: 2, waits: true }]));
    await lights.time.forward(5_000);
    await eventually(async () =>
      expect((await lights.effects()).map(({ light }) => light)).toEqual(['good', 'broken']),
    );
  });

  it('what was armed by a newer build waits for it', async () => {
    await lights.setOff(TENANT, 'light', await past());
    const old = startEngine({ ...turnOff, kind: 'BLINK' });
    await eventually(async () =>
      expect(await lights.timers()).toMatchObject([{ error: expect.stringContaining('no handler') }]),
    );
    await old.stop();
    await lights.time.forward(1_000);
    startEngine(turnOff);
    await eventually(async () => expect(await lights.effects()).toHaveLength(1));
  });

  it('what follows the commit runs outside the transaction and holds no lane', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    for (let i = 0; i < 10; i += 1) await lights.setOff(TENANT, `light-${i}`, await past());
    startEngine({
      kind: 'OFF',
      fire: async (timer, tx) => {
        await turnOff.fire(timer, tx);
        return () => gate;
      },
    });
    await eventually(async () => expect(await lights.effects()).toHaveLength(10));
    release();
  });

  it('work that waits behind slow work is given back in time and counts as not begun', async () => {
    for (let i = 0; i < 12; i += 1) await lights.setOff(TENANT, `light-${i}`, await past());
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    startEngine({
      kind: 'OFF',
      fire: async (timer, tx) => {
        await gate;
        return turnOff.fire(timer, tx);
      },
    });
    await eventually(async () => {
      const rows = await lights.sql<{ fencing: number; tries: number }>('SELECT fencing, tries FROM lights.timer');
      expect(rows.some(({ fencing }) => fencing > 1)).toBe(true);
      expect(rows.every(({ tries }) => tries <= 1)).toBe(true);
    });
    release();
    await eventually(async () => expect(await lights.effects()).toHaveLength(12));
  });

  it('gives back at its end what it had claimed and not begun', async () => {
    for (let i = 0; i < 20; i += 1) await lights.setOff(TENANT, `light-${i}`, await past());
    let begun = 0;
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow = startEngine({
      kind: 'OFF',
      fire: async (timer, tx) => {
        begun += 1;
        await gate;
        return turnOff.fire(timer, tx);
      },
    });
    await eventually(async () => expect(begun).toBeGreaterThan(0));
    const stopped = slow.stop();
    release();
    await stopped;
    startEngine(turnOff);
    await eventually(async () => expect(await lights.effects()).toHaveLength(20));
    expect((await lights.effects()).length).toBeGreaterThan(begun);
  });

  it('claims with one statement that reads the index, however many timers are far away', async () => {
    await lights.sql(
      `INSERT INTO lights.timer (tenant_id, subject, kind, due, wake_at)
       SELECT $1, 'far-' || n, 'OFF', lights.now() + interval '1 day', lights.now() + interval '1 day' FROM generate_series(1, 20000) AS n`,
      [TENANT],
    );
    await lights.sql('ANALYZE lights.timer');
    const plan = JSON.stringify(
      await lights.sql(
        `EXPLAIN (FORMAT JSON) SELECT id FROM lights.timer WHERE wake_at <= lights.now() ORDER BY wake_at LIMIT 64 FOR UPDATE SKIP LOCKED`,
      ),
    );
    expect(plan).toContain('timer_wake_at');
    expect(await new TimerStore(lights.engine).claim(64)).toEqual([]);
  });
});

describe('a firing that never comes back', () => {
  it('has failed after its limit, its transaction is rolled back and its connection given up', async () => {
    await lights.setOff(TENANT, 'light', await past());
    const [timer] = await new TimerStore(lights.engine).claim(1);
    if (!timer) throw new Error('nothing was due');
    const hangs: TimerHandler = {
      kind: 'OFF',
      fire: async (due, tx) => {
        await turnOffBlindly.fire(due, tx);
        await new Promise(() => undefined);
      },
    };
    await expect(fireTimer(lights.database, hangs, timer, () => undefined, 200)).rejects.toThrow('did not come back');
    expect(await lights.effects()).toEqual([]);
    await fireTimer(lights.database, turnOff, timer, () => undefined);
    expect(await lights.effects()).toHaveLength(1);
  });
});

describe('a worker that everybody believes dead', () => {
  const store = (): TimerStore => new TimerStore(lights.engine);
  const claimOne = async (): Promise<ClaimedTimer> => {
    const [timer] = await store().claim(1);
    if (!timer) throw new Error('nothing was due');
    return timer;
  };
  const fire = (handler: TimerHandler, timer: ClaimedTimer): Promise<unknown> =>
    fireTimer(lights.database, handler, timer, () => undefined);

  it('stalls in the middle of its firing, and another that claims meanwhile does not fire', async () => {
    await lights.setOff(TENANT, 'light', await past());
    let release = (): void => undefined;
    let reached = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const inside = new Promise<void>((resolve) => (reached = resolve));
    const stalled = fire(
      {
        kind: 'OFF',
        fire: async (timer, tx) => {
          await turnOffBlindly.fire(timer, tx);
          reached();
          await gate;
        },
      },
      await claimOne(),
    );
    await inside;
    await lights.time.forward(10_000);
    await fire(turnOffBlindly, await claimOne());
    release();
    await stalled;
    expect(await lights.effects()).toHaveLength(1);
    expect(await lights.timers()).toEqual([]);
  });

  it('comes back after another has claimed: it neither fires nor disturbs the other', async () => {
    await lights.setOff(TENANT, 'light', await past());
    const old = await claimOne();
    await lights.time.forward(10_000);
    const current = await claimOne();
    await fire(turnOffBlindly, old);
    await store().noteFailure(old, 'too late');
    await store().giveBack([old]);
    expect(await lights.timers()).toEqual([{ subject: 'light', tries: 2, error: null, waits: true }]);
    await fire(turnOffBlindly, current);
    expect(await lights.effects()).toHaveLength(1);
  });
});
