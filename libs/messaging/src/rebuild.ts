import { contractOf, type EventEnvelope } from '@graphdesk/contracts';
import type { ShadowTables, TableDifference } from '@graphdesk/database';
import { setTimeout as delay } from 'node:timers/promises';
import { failpoint } from './failpoint.js';
import { withoutThose, type HistoryClient } from './history-client.js';
import { AGGREGATES_PER_REQUEST, type Wanted } from './history-request.js';
import type { Reaction } from './reaction.js';
import { HOLD_EVENTS } from './rebuild-gate.js';
import { consumerName, sourcesOf, type Source } from './source.js';

/** A round that replays fewer events than this is the last before events are held. */
const FEW_EVENTS = 100;
const ROUNDS_AT_MOST = 20;
/** How long a producer may be silent before a rebuild fails, in milliseconds: less than a transaction may be idle. */
const PATIENCE_MS = 20_000;
const ASK_AGAIN_MS = 500;

/** How far a rebuild is, in events. */
export interface RebuildProgress {
  readonly replayed: number;
  /** As many as were to be replayed when it began; the system runs on, so in the end there may be more. */
  readonly expected: number;
}

export interface RebuildResult {
  readonly events: number;
  readonly tables: readonly TableDifference[];
}

/**
 * Fills a service's projections anew from the histories of their producers while the service runs. The projectors write into copies
 * of their tables, up to the version of each aggregate that took effect here; then, while events wait for a moment, the rest is
 * replayed and the difference goes into the real tables, in one transaction. Until then everybody reads the old projections, after it
 * the new ones. Reactions that are no projectors do not run, so nothing is decided twice.
 */
export class Rebuild {
  private readonly handlers: ReadonlyMap<string, readonly Reaction[]>;
  private readonly sources: readonly Source[];
  private replayed = 0;

  constructor(
    private readonly service: string,
    private readonly shadows: ShadowTables,
    private readonly history: HistoryClient,
    projecting: readonly Reaction[],
    private readonly report: (progress: RebuildProgress) => void = () => undefined,
  ) {
    const types = new Set(projecting.map(({ contract }) => contract.type));
    this.handlers = new Map([...types].map((type) => [type, projecting.filter((r) => r.contract.type === type)]));
    this.sources = sourcesOf(projecting);
  }

  /** Rejects, and has changed nothing, when a producer does not answer, lacks an event, or tells of a contract that is unknown here. */
  async run(): Promise<RebuildResult> {
    await this.shadows.tx.query(MARKS);
    const expected = await this.countEvents();
    for (let round = 1; round <= ROUNDS_AT_MOST; round += 1) {
      if ((await this.replay(expected)) < FEW_EVENTS) break;
    }
    const tables = await this.shadows.transaction(async () => {
      await this.shadows.tx.query(HOLD_EVENTS, [this.service]);
      await this.replay(expected);
      const differences = await this.shadows.merge();
      failpoint('rebuild.before-commit');
      return differences;
    });
    return { events: this.replayed, tables };
  }

  private async countEvents(): Promise<number> {
    const consumers = this.sources.map((source) => consumerName(this.service, source));
    const [row] = await this.shadows.tx.query<{ events: number }[]>(
      `SELECT coalesce(sum(version), 0)::int AS events FROM ${this.service}.inbox_position WHERE consumer = ANY ($1)`,
      [consumers],
    );
    return row?.events ?? 0;
  }

  /** Replays what took effect here and is not in the copies yet; returns how many events that were. */
  private async replay(expected: number): Promise<number> {
    const before = this.replayed;
    for (const source of this.sources) {
      let after = '';
      for (;;) {
        const page = await this.notReplayed(source, after);
        const last = page.at(-1);
        if (!last) break;
        await this.replayPage(source, page);
        after = last.aggregateId;
        this.report({ replayed: this.replayed, expected: Math.max(expected, this.replayed) });
      }
    }
    return this.replayed - before;
  }

  private async notReplayed(source: Source, after: string): Promise<readonly Wanted[]> {
    return this.shadows.tx.query<Wanted[]>(
      `SELECT p.aggregate_id AS "aggregateId", coalesce(m.version, 0) + 1 AS "from", p.version AS "to"
       FROM ${this.service}.inbox_position p LEFT JOIN rebuild_mark m USING (consumer, aggregate_id)
       WHERE p.consumer = $1 AND p.aggregate_id > $2 AND p.version > coalesce(m.version, 0)
       ORDER BY p.aggregate_id LIMIT $3`,
      [consumerName(this.service, source), after, AGGREGATES_PER_REQUEST],
    );
  }

  private async replayPage(source: Source, page: readonly Wanted[]): Promise<void> {
    let wanted = page;
    while (wanted.length > 0) {
      const events = await this.ask(source, wanted);
      const next = new Map(wanted.map(({ aggregateId, from }) => [aggregateId, from]));
      for (const event of events) {
        if (event.subjectversion !== next.get(event.subject)) throw missing(source, event.subject, next);
        await this.project(event);
        next.set(event.subject, event.subjectversion + 1);
      }
      const [first] = wanted;
      if (events.length === 0 && first) throw missing(source, first.aggregateId, next);
      wanted = withoutThose(wanted, events);
      failpoint('rebuild.replaying');
    }
    await this.shadows.tx.query(MARK, [
      consumerName(this.service, source),
      page.map(({ aggregateId }) => aggregateId),
      page.map(({ to }) => to),
    ]);
  }

  private async project(event: EventEnvelope): Promise<void> {
    if (!contractOf(event.type)) {
      throw new Error(`this build does not know ${event.type}, which took effect here: rebuild with a newer one`);
    }
    for (const { handle } of this.handlers.get(event.type) ?? []) await handle(event, this.shadows.tx);
    this.replayed += 1;
  }

  private async ask(source: Source, wanted: readonly Wanted[]): Promise<readonly EventEnvelope[]> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.history.events(source.service, wanted);
      } catch (cause) {
        if (performance.now() > until) throw new Error(`${source.service} does not answer: does it run?`, { cause });
        await delay(ASK_AGAIN_MS);
      }
    }
  }
}

function missing(source: Source, aggregateId: string, next: ReadonlyMap<string, number>): Error {
  return new Error(
    `${source.service} does not have version ${next.get(aggregateId)} of ${aggregateId}, which took effect here`,
  );
}

/** How far the copies are, per aggregate. */
const MARKS = `
CREATE TEMPORARY TABLE rebuild_mark (
  consumer text NOT NULL,
  aggregate_id text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (consumer, aggregate_id)
)`;

const MARK = `
INSERT INTO rebuild_mark (consumer, aggregate_id, version) SELECT $1, * FROM unnest($2::text[], $3::int[])
ON CONFLICT (consumer, aggregate_id) DO UPDATE SET version = EXCLUDED.version`;
