import { contractOf, type EventEnvelope } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import type { EntityManager } from 'typeorm';
import { admit } from './admission.js';
import { withCause } from './cause.js';
import { failpoint, planted } from './failpoint.js';
import { ParkedEvents, type Parked, type ParkReason } from './parked-events.js';
import { lockPosition, markApplied } from './position.js';
import type { Reaction } from './reaction.js';
import { HANDLER_LIMIT_MS, withinLimit } from './time-limit.js';

/** What became of a delivered event. */
export type Taken = 'APPLIED' | 'DROPPED' | 'PARKED';

/** What a service may say about its inboxes; specs say more of it. */
export interface InboxOptions {
  /** Which event types this build knows; default: those of the contracts. */
  readonly knows?: (type: string) => boolean;
  /** How long the reactions to one event may take, in milliseconds. */
  readonly handlerLimitMs?: number;
  /** Told of each event that begins to wait, or waits for a new reason. */
  readonly onParked?: (event: EventEnvelope, reason: ParkReason) => void;
}

/**
 * Applies each event exactly once per consumer: its effects, its inbox row and the aggregate's new position are one
 * transaction. Events come in any order and any number of times; they take effect in version order.
 */
export class Inbox {
  private readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  private readonly parked: ParkedEvents;

  /** `consumer` names this reader of one aggregate type, such as `changes:incidents.incident`. */
  constructor(
    readonly consumer: string,
    private readonly database: TenantDatabase,
    reactions: readonly Reaction[],
    private readonly options: InboxOptions = {},
  ) {
    this.parked = new ParkedEvents(consumer, options.onParked ?? ((): void => undefined));
    const types = new Set(reactions.map((reaction) => reaction.contract.type));
    this.reactions = new Map([...types].map((type) => [type, reactions.filter((r) => r.contract.type === type)]));
  }

  /** Takes an event: applies it, and then what waited for it, each in a transaction of its own. */
  async take(event: EventEnvelope): Promise<Taken> {
    const { taken, more } = await this.database.transaction(event.tenantid, (tx) => this.takeOne(tx, event));
    if (reactsLater && taken === 'APPLIED') await this.reactByItself(event);
    // What waited and still cannot be applied must not undo what it waited for; the gap healer tries it again.
    if (more) await this.resume(event.tenantid, event.subject).catch(() => undefined);
    return taken;
  }

  /**
   * Applies whatever waits for this aggregate and may now be applied, in order and each by itself: for example after an upgrade
   * that knows more contracts. Throws when one of them cannot be applied; those before it stay applied.
   */
  async resume(tenantId: string, aggregateId: string): Promise<void> {
    const next = (): Promise<Taken | undefined> =>
      this.database.transaction(tenantId, (tx) => this.takeParked(tx, tenantId, aggregateId, false));
    for (let taken = await next(); taken !== undefined && taken !== 'PARKED'; taken = await next());
  }

  /** The event of this aggregate that must be applied before all others that wait. */
  async head(tenantId: string, aggregateId: string): Promise<Parked | undefined> {
    return this.database.transaction(tenantId, (tx) => this.parked.first(tx, aggregateId));
  }

  /** Applies the first that waits for the event's aggregate, which need not be this event any more. `evenKilled`: also one that ended the process. */
  async takeHead({ tenantid, subject }: EventEnvelope, evenKilled: boolean): Promise<Taken> {
    const taken = await this.database.transaction(tenantid, (tx) => this.takeParked(tx, tenantid, subject, evenKilled));
    return taken ?? 'DROPPED';
  }

  /** Sets an event aside that cannot be applied, with everything after it; other aggregates go on. */
  async setAside(event: EventEnvelope, reason: 'PARK_FAILED' | 'PARK_KILLED'): Promise<void> {
    await this.database.transaction(event.tenantid, (tx) => this.parked.add(tx, event, reason));
  }

  private async takeOne(tx: EntityManager, event: EventEnvelope): Promise<{ taken: Taken; more: boolean }> {
    const position = await lockPosition(tx, this.consumer, event);
    const admission = position ? admit(this.versionOf(event), position.version) : 'PARK_REBUILD';
    switch (admission) {
      case 'DROP':
        return { taken: 'DROPPED', more: false };
      case 'PARK_GAP':
      case 'PARK_UNKNOWN':
      case 'PARK_REBUILD':
        await this.parked.add(tx, event, admission);
        return { taken: 'PARKED', more: admission === 'PARK_GAP' && (await this.waitedForRebuild(tx, event)) };
      case 'APPLY': {
        if (position?.quarantined) return { taken: 'PARKED', more: false };
        if (!reactsLater) await this.react(tx, event);
        const more = await markApplied(tx, this.consumer, event);
        failpoint('consumer.before-commit');
        return { taken: 'APPLIED', more };
      }
    }
  }

  /** Whether those before this one are all here, left from a rebuild that is over: they need not wait for the gap healer. */
  private async waitedForRebuild(tx: EntityManager, event: EventEnvelope): Promise<boolean> {
    return (await this.parked.first(tx, event.subject))?.reason === 'PARK_REBUILD';
  }

  /** The oldest parked event of the aggregate, if it may be applied now; undefined when none waits. */
  private async takeParked(
    tx: EntityManager,
    tenantId: string,
    aggregateId: string,
    evenKilled: boolean,
  ): Promise<Taken | undefined> {
    const position = await lockPosition(tx, this.consumer, { tenantid: tenantId, subject: aggregateId });
    if (!position) return 'PARKED';
    const first = await this.parked.first(tx, aggregateId);
    if (!first) return undefined;
    const admission = admit(this.versionOf(first.event), position.version);
    if (admission === 'PARK_GAP' || admission === 'PARK_UNKNOWN') return 'PARKED';
    if (admission === 'APPLY') {
      if (first.reason === 'PARK_KILLED' && !evenKilled) return 'PARKED';
      await this.react(tx, first.event);
      await markApplied(tx, this.consumer, first.event);
    }
    await this.parked.remove(tx, first.event);
    return admission === 'APPLY' ? 'APPLIED' : 'DROPPED';
  }

  private async react(tx: EntityManager, event: EventEnvelope): Promise<void> {
    await withCause(
      {
        correlationId: event.correlationid,
        causationId: event.id,
        ...(event.traceparent && { traceparent: event.traceparent }),
      },
      async () => {
        const reactions = this.reactions.get(event.type) ?? [];
        if (reactions.length === 0) return;
        await withinLimit(tx, this.options.handlerLimitMs ?? HANDLER_LIMIT_MS, async () => {
          for (const reaction of reactions) await reaction.handle(event, tx);
        });
      },
    );
  }

  /** What a planted bug does: the effects come in a transaction of their own, after the mark that they had come. */
  private async reactByItself(event: EventEnvelope): Promise<void> {
    await this.database.transaction(event.tenantid, async (tx) => {
      await this.react(tx, event);
      failpoint('consumer.before-commit');
    });
  }

  private versionOf(event: EventEnvelope): { version: number; known: boolean } {
    const knows = this.options.knows ?? ((type: string): boolean => contractOf(type) !== undefined);
    return { version: event.subjectversion, known: knows(event.type) };
  }
}

const reactsLater = planted('inbox-in-another-transaction');
