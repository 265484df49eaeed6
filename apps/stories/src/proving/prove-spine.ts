import { setMaxListeners } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@graphdesk/testing';
import { startDemo, type Demo } from '../demo.js';
import { ACTS } from './acts.js';
import { readAnswers } from './answers.js';
import { check } from './checker.js';
import { DOORS } from './doors.js';
import { readBooks, readOutbox, withDatabase } from './final-books.js';
import type { History } from './history.js';
import { violation, type Violation } from './invariants.js';
import { Journal } from './journal.js';
import { JournaledClient } from './journaled-client.js';
import { load } from './load.js';
import { Nemesis, type Aim } from './nemesis.js';
import { comeToRest, hearTheRest } from './rest.js';
import { SeededRandom } from './seeded-random.js';
import { subscribe, type Subscriber } from './subscriber.js';

export interface ProveOptions {
  readonly seed: number;
  /** How long the load and the kills go on. */
  readonly durationMs: number;
  readonly aim: Aim;
  readonly ratePerSecond: number;
  /** A bug that every process is to make. */
  readonly planted?: string;
  /** Where the journals are written. */
  readonly folder: string;
  /** Keeps the databases there as well, and the processes' logs. */
  readonly keepData: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** What a run came to. */
export interface Proof {
  readonly violations: readonly Violation[];
  readonly operations: Readonly<Record<'ok' | 'refused' | 'unknown', number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly unknowns: Readonly<Record<string, number>>;
  readonly events: number;
  readonly effects: number;
  readonly messages: number;
  readonly resumptions: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly ownEnds: readonly string[];
}

/** One run: a system of its own, load and subscribers, kills for a while, rest, and the judgement of everything written down. */
export async function proveSpine(options: ProveOptions): Promise<Proof> {
  const { folder, planted, keepData, signal } = options;
  mkdirSync(folder, { recursive: true });
  const journal = new Journal(folder);
  setMaxListeners(0, signal);
  let nemesis: Nemesis | undefined;
  const demo = await startDemo(planted ? { PLANTED_BUG: planted } : {}, {
    signal,
    onDeath: ({ name, how }) => nemesis?.died(name, how),
    ...(keepData && { dataDir: join(folder, 'data') }),
  });
  try {
    nemesis = new Nemesis(demo.stack, options.aim, new SeededRandom(options.seed), journal, signal);
    const proof = await run(demo, nemesis, journal, options);
    journal.keep('violations.json', proof.violations);
    return proof;
  } finally {
    journal.close();
    await demo.stack.stop();
  }
}

async function run(demo: Demo, nemesis: Nemesis, journal: Journal, options: ProveOptions): Promise<Proof> {
  const { seed, durationMs, ratePerSecond, signal, say } = options;
  const { stack } = demo;
  await comeToRest(stack);
  const before = await withDatabase(stack, async (client) => (await readOutbox(client)).map(({ id }) => id));
  const random = new SeededRandom(seed + 1);
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  signal.addEventListener('abort', () => over.abort(), { once: true });
  const client = new JournaledClient(demo, journal, ratePerSecond, over.signal);
  const subscribers = subscribe(demo, journal, DOORS);
  try {
    await openUp(demo, client, subscribers);
    say(`  load and kills for ${Math.round(durationMs / 1000)} s ...`);
    const telling = load(demo, client, random, over.signal);
    try {
      await nemesis.rage(durationMs);
    } finally {
      over.abort();
      await telling;
    }
    say('  everything runs again; waiting for rest ...');
    const restless = await comeToRest(stack);
    const endedAt = new Date().toISOString();
    await hearTheRest(subscribers);
    const { operations } = journal;
    const books = await readBooks(stack, { before, endedAt, answers: await readAnswers(demo, operations) });
    const history: History = { operations, subscribers: subscribers.map(({ written }) => written), books };
    journal.keep('history.json', history);
    const violations = [...check(history), ...(restless ? [violation('I3', `no rest: ${restless}`)] : [])];
    const count = (outcome: string): number => operations.filter((one) => one.outcome === outcome).length;
    return {
      violations,
      operations: { ok: count('ok'), refused: count('refused'), unknown: count('unknown') },
      refusals: codes(history, 'refused'),
      unknowns: codes(history, 'unknown'),
      events: books.outbox.length - before.length,
      effects: books.inbox.length,
      messages: subscribers.reduce((sum, { received }) => sum + received.length, 0),
      resumptions: subscribers.reduce((sum, { resumptions }) => sum + resumptions, 0),
      kills: nemesis.kills,
      ownEnds: nemesis.ownEnds,
    };
  } finally {
    over.abort();
    await Promise.all(subscribers.map((subscriber) => subscriber.close()));
  }
}

/** A first incident and a first change, until every subscriber has a message and with it a cursor to come back with. */
async function openUp(demo: Demo, client: JournaledClient, subscribers: readonly Subscriber[]): Promise<void> {
  const serviceId = demo.services['billing'];
  const incident = { title: 'The first one', serviceId, impact: 'LOW', urgency: 'LOW' };
  const change = { title: 'The first one', kind: 'STANDARD', serviceIds: [serviceId], rollbackPlan: 'back' };
  await eventually(
    async () => {
      await client.perform(ACTS.report, { input: incident });
      await client.perform(ACTS.registerChange, { input: change });
      if (subscribers.some(({ received }) => received.length === 0)) throw new Error('a subscriber hears nothing');
    },
    { timeoutMs: 30_000, everyMs: 250 },
  );
}

function codes({ operations }: History, outcome: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome: found, act, code } of operations) {
    if (found === outcome) counts[`${act} ${code}`] = (counts[`${act} ${code}`] ?? 0) + 1;
  }
  return counts;
}
