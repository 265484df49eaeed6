import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fireTimer, TimerStore, type ClaimedTimer, type FiringStep, type TimerHandler } from '../src/index.js';
import { startLights, TENANTS, turnOff, turnOffBlindly, type Lights } from './lights.js';

let lights: Lights;
beforeAll(async () => {
  lights = await startLights();
});
afterAll(() => lights.stop());

class Crash extends Error {}

const STEPS = ['timers.after-claim', 'timers.before-commit', 'timers.after-commit'] as const;

type Act =
  | { readonly do: 'SET'; readonly light: number; readonly inMs: number }
  | { readonly do: 'CANCEL'; readonly light: number }
  | { readonly do: 'CLAIM'; readonly worker: number; readonly limit: number }
  | { readonly do: 'FIRE'; readonly worker: number; readonly dies: FiringStep | null }
  | { readonly do: 'DIE'; readonly worker: number }
  | { readonly do: 'WAIT'; readonly ms: number };

const light = fc.nat({ max: 1 });
const worker = fc.nat({ max: 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('SET' as const), light, inMs: fc.nat({ max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('CANCEL' as const), light }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('CLAIM' as const), worker, limit: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('FIRE' as const), worker, dies: fc.option(fc.constantFrom(...STEPS)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('DIE' as const), worker }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('WAIT' as const), ms: fc.constantFrom(1_000, 10_000, 20_000, 61_000) }),
  },
);

/** What should have happened so far: which due time each light has, and whether a firing of it may take effect. */
class Model {
  readonly asked = new Map<string, number>();
  effects = 0;
}

const idOf = (round: number, n: number): string => `light-${round}-${n}`;

it.each([
  ['asks the state', turnOff],
  ['trusts its claim', turnOffBlindly],
])(
  'whatever is armed, moved, canceled, claimed twice or dies half-way: each light goes off once, on time, and none that was canceled (a handler that %s)',
  async (_name, handler) => {
    const store = new TimerStore(lights.engine);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 25, maxLength: 50, size: 'max' }), async (acts) => {
        round += 1;
        await lights.sql('TRUNCATE lights.timer, lights.light, lights.effect');
        const model = new Model();
        const held: [ClaimedTimer[], ClaimedTimer[]] = [[], []];
        for (const one of acts) await perform(one, handler, store, model, held, round);
        await drain(handler, store, model);
        expect([...model.asked.keys()]).toEqual([]);
        expect(await lights.timers()).toEqual([]);
      }),
      { numRuns: 12 },
    );
  },
);

async function perform(
  one: Act,
  handler: TimerHandler,
  store: TimerStore,
  model: Model,
  held: ClaimedTimer[][],
  round: number,
): Promise<void> {
  switch (one.do) {
    case 'SET': {
      const id = idOf(round, one.light);
      const offAt = new Date((await lights.now()).getTime() + one.inMs);
      await lights.setOff(TENANTS[one.light % 2] ?? TENANTS[0], id, offAt);
      model.asked.set(id, offAt.getTime());
      return;
    }
    case 'CANCEL': {
      const id = idOf(round, one.light);
      await lights.setOff(TENANTS[one.light % 2] ?? TENANTS[0], id, null);
      model.asked.delete(id);
      return;
    }
    case 'WAIT':
      return lights.time.forward(one.ms);
    case 'CLAIM':
      held[one.worker]?.push(...(await store.claim(one.limit)));
      return;
    case 'DIE':
      held[one.worker]?.splice(0);
      return;
    case 'FIRE': {
      const timer = held[one.worker]?.shift();
      if (!timer) return;
      const died = await fire(handler, timer, one.dies);
      await compare(model);
      if (died) held[one.worker]?.splice(0);
    }
  }
}

/** True when the worker died on the way. */
async function fire(handler: TimerHandler, timer: ClaimedTimer, dies: FiringStep | null): Promise<boolean> {
  try {
    await fireTimer(lights.database, handler, timer, (step) => {
      if (step === dies) throw new Crash();
    });
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

/** Every new effect is what its light asked for, and it was due. */
async function compare(model: Model): Promise<void> {
  const effects = await lights.effects();
  const now = (await lights.now()).getTime();
  for (const effect of effects.slice(model.effects)) {
    expect(model.asked.get(effect.light)).toBe(effect.due.getTime());
    expect(effect.due.getTime()).toBeLessThanOrEqual(now);
    model.asked.delete(effect.light);
  }
  model.effects = effects.length;
}

/** Everybody else has died; one worker goes on, for as long as the waits after crashes may be. */
async function drain(handler: TimerHandler, store: TimerStore, model: Model): Promise<void> {
  for (let i = 0; i < 8; i += 1) {
    await lights.time.forward(301_000);
    for (const timer of await store.claim(100)) {
      await fire(handler, timer, null);
      await compare(model);
    }
  }
}
