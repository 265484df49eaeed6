import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING, PLANTED_RUNS, type PlantedRun } from './planted-bugs.js';
import { proveSpine } from './prove-spine.js';
import { catchers, summary, table } from './report.js';

/** What a caller of the command may choose. */
export interface ProveSettings {
  readonly seeds: readonly number[];
  /** Of load and kills in each run. */
  readonly minutes: number;
  readonly ratePerSecond: number;
  readonly planted: readonly PlantedRun[];
}

interface ProveCall extends ProveSettings {
  /** Holds a folder of journals for each run. */
  readonly folder: string;
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const RATE_LIMIT = 50;
const MINUTES = { clean: 2, planted: 0.75 };

/** Reads the command's options; throws with a sentence for people. */
export function readSettings(values: {
  readonly seed: string;
  readonly rate: string;
  readonly minutes?: string | undefined;
  readonly planted?: string | undefined;
}): ProveSettings {
  const seeds = values.seed.split(',').map(Number);
  if (!seeds.every((seed) => Number.isSafeInteger(seed))) throw new Error('--seed: whole numbers, separated by commas');
  const planted = PLANTED_RUNS.filter(({ bug }) => values.planted === 'all' || values.planted === bug);
  if (values.planted !== undefined && planted.length === 0) {
    throw new Error(`--planted: all, or one of ${PLANTED_RUNS.map(({ bug }) => bug).join(', ')}`);
  }
  const minutes = Number(values.minutes ?? (planted.length > 0 ? MINUTES.planted : MINUTES.clean));
  if (!(minutes > 0 && minutes <= 60)) throw new Error('--minutes: a number above 0, 60 at most');
  const ratePerSecond = Number(values.rate);
  if (!(ratePerSecond > 0 && ratePerSecond <= RATE_LIMIT)) throw new Error(`--rate: 1 to ${RATE_LIMIT} per second`);
  return { seeds, minutes, ratePerSecond, planted };
}

/**
 * Runs once per seed, or once per planted bug and seed, and prints a report of each. True when nothing was violated, or when
 * every planted bug was caught by an invariant that it breaks.
 */
export async function prove(call: ProveCall): Promise<boolean> {
  const { seeds, minutes, ratePerSecond, planted, keep, signal, say } = call;
  const runs = seeds.flatMap((seed) => (planted.length > 0 ? planted : [undefined]).map((plan) => ({ seed, plan })));
  let good = true;
  const lines: object[] = [];
  for (const { seed, plan } of runs) {
    const name = [...(plan ? [plan.bug] : []), `seed-${seed}`].join('-');
    const folder = join(call.folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${name}`);
    say(`${plan ? `planted: ${plan.bug}, ` : ''}seed ${seed}`);
    const proof = await proveSpine({
      seed,
      durationMs: minutes * 60_000,
      aim: plan?.aim ?? EVERYTHING,
      ratePerSecond,
      ...(plan && { planted: plan.bug }),
      folder,
      keepData: keep,
      signal,
      say,
    });
    for (const line of table(proof)) say(line);
    const caughtBy = plan ? catchers(proof, plan) : [];
    const passed = plan ? caughtBy.length > 0 : proof.violations.length === 0;
    good &&= passed;
    if (plan) say(passed ? `  caught by ${caughtBy.join(', ')}\n` : '  NOT CAUGHT\n');
    lines.push({ seed, ...(plan && { planted: plan.bug, caughtBy }), passed, ...summary(proof) });
    if (passed && !keep) rmSync(folder, { recursive: true, force: true });
    else say(`  journals: ${folder}\n`);
  }
  say(JSON.stringify({ prove: 'spine', passed: good, minutes, runs: lines }));
  return good;
}
