import type { DataOf, EventContract } from '@graphdesk/contracts';
import type { TenantDatabase } from '@graphdesk/database';
import { refuse, type Decision, type DueWork, type Outcome, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { newEvent, type Outbox } from '@graphdesk/messaging';
import { armTimers } from '@graphdesk/timers';
import type { Type } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { DeepPartial, EntityManager, FindOptionsWhere, QueryDeepPartialEntity } from 'typeorm';

/** What every aggregate's row has: whose it is, and how many events it has behind it. */
export interface Aggregate {
  readonly id: string;
  readonly tenantId: string;
  readonly version: number;
}

/** A fact as other services will read it. */
export interface Publication {
  readonly contract: EventContract;
  readonly data: unknown;
}

/** What every fact tells. */
export interface HappenedFact {
  readonly at: Date;
  /** Who did it, when that is not who makes the change: what is imported was done by others. */
  readonly actorId?: string;
}

/** A publication whose payload fits its contract. */
export function publication<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>): Publication {
  return { contract, data };
}

/**
 * The only way state changes. In one transaction: lock the row, ask the pure decision, save the changes, arm what the new state
 * asks to be done later, append one event per fact to timeline and outbox. A race, a timer, the audit trail and the outbox cannot
 * be forgotten, because there is no other door.
 */
export class WritePath<Row extends Aggregate, Fact extends HappenedFact> {
  constructor(
    private readonly database: TenantDatabase,
    private readonly outbox: Outbox,
    private readonly record: Type<Row>,
    private readonly publish: (fact: Fact, row: Row) => Publication,
    /** What a state asks to be done at a moment. The service's tables then include `timerTable`. */
    private readonly dueWork: (row: Row) => readonly DueWork[] = () => [],
  ) {}

  /** Inserts a new aggregate. When one of its unique keys is taken, nothing happens and `taken` is returned. */
  async create<Code extends string>(
    actor: Actor,
    state: Omit<Row, 'version' | 'tenantId'>,
    facts: readonly Fact[],
    taken: Refused<Code>,
  ): Promise<Outcome<Row, Code>> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const born = { ...state, tenantId: actor.tenantId, version: facts.length };
      const row = tx.create(this.record, born as DeepPartial<Row>);
      const inserted = await tx
        .createQueryBuilder()
        .insert()
        .into(this.record)
        .values(row as QueryDeepPartialEntity<Row>)
        .orIgnore()
        .returning('id')
        .execute();
      if ((inserted.raw as unknown[]).length === 0) return taken;
      await this.arm(tx, row, []);
      await this.append(tx, actor, row, 0, facts);
      return { ok: true, value: row };
    });
  }

  /** Changes an aggregate by a decision; one without facts changes nothing. `NOT_FOUND` also when it belongs to somebody else. */
  async change<Code extends string>(
    actor: Actor,
    id: string,
    decision: (row: Row) => Decision<Row, Fact, Code>,
  ): Promise<Outcome<Row, Code | 'NOT_FOUND'>> {
    return this.database.transaction(actor.tenantId, async (tx) => {
      const where = { id } as FindOptionsWhere<Row>;
      const row = await tx.findOne(this.record, { where, lock: { mode: 'pessimistic_write' } });
      if (!row) return refuse('NOT_FOUND', `there is no ${id}`);
      const decided = decision(row);
      if (!decided.ok) return decided;
      if (decided.facts.length === 0) return { ok: true, value: row };
      const before = row.version;
      const askedBefore = this.dueWork(row);
      const changes = { ...decided.changes, version: before + decided.facts.length };
      await tx.update(this.record, where, changes as QueryDeepPartialEntity<Row>);
      const changed = Object.assign(row, changes);
      await this.arm(tx, changed, askedBefore);
      await this.append(tx, actor, changed, before, decided.facts);
      return { ok: true, value: changed };
    });
  }

  /** Most changes ask for nothing else than before, and cost nothing here. */
  private async arm(tx: EntityManager, row: Row, askedBefore: readonly DueWork[]): Promise<void> {
    const asked = this.dueWork(row);
    if (isDeepStrictEqual(asked, askedBefore)) return;
    await armTimers(tx, row.tenantId, row.id, asked);
  }

  private async append(
    tx: EntityManager,
    actor: Actor,
    row: Row,
    before: number,
    facts: readonly Fact[],
  ): Promise<void> {
    const events = facts.map((fact, index) => {
      const { contract, data } = this.publish(fact, row);
      return newEvent(contract, {
        tenantId: actor.tenantId,
        aggregateId: row.id,
        version: before + index + 1,
        actorId: fact.actorId ?? actor.id,
        at: fact.at,
        data,
      });
    });
    await this.outbox.append(tx, events);
  }
}
