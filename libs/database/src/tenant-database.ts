import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';

interface Transaction {
  readonly tenantId: string;
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

/**
 * The only door to a service's tables for requests and reactions: every transaction belongs to one tenant, and row-level
 * security shows it that tenant's rows alone. A call inside a transaction joins it, so a use case called by a reaction
 * commits together with the reaction's inbox row.
 */
export class TenantDatabase {
  private readonly current = new AsyncLocalStorage<Transaction>();

  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction of this tenant and commits; rolls back and rethrows when it throws. */
  async transaction<T>(tenantId: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const joined = this.current.getStore();
    if (joined) {
      if (joined.tenantId !== tenantId) throw new Error('a transaction of one tenant cannot touch another tenant');
      return work(joined.manager);
    }
    if (!tenantId) throw new Error('a transaction needs a tenant');
    const afterCommit: (() => void)[] = [];
    const result = await this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT set_config('graphdesk.tenant', $1, true)`, [tenantId]);
      return this.current.run({ tenantId, manager, afterCommit }, () => work(manager));
    });
    for (const signal of afterCommit) signal();
    return result;
  }

  /** Runs `signal` once the transaction under way has committed; never if it rolls back. */
  afterCommit(signal: () => void): void {
    const transaction = this.current.getStore();
    if (!transaction) throw new Error('afterCommit needs a transaction under way');
    transaction.afterCommit.push(signal);
  }
}
