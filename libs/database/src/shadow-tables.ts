import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { RecordClass } from './data-source.js';

/** What a merge did to one table, in rows. */
export interface TableDifference {
  readonly table: string;
  readonly added: number;
  readonly corrected: number;
  readonly removed: number;
}

/** Where Postgres keeps the temporary tables of a session. */
const TEMPORARY = 'pg_temp';

/**
 * Empty copies of some of a service's tables, to fill anew beside the real ones and to merge into them. They are temporary tables of
 * one session, under the owner's role, which sees all tenants: a crash leaves nothing behind. {@link tx} writes the same records as
 * a transaction of the service does, but into the copies; every other table is out of its reach.
 */
export class ShadowTables {
  private constructor(
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
    private readonly schema: string,
    private readonly records: readonly RecordClass[],
  ) {}

  /** Connects and makes the copies. The role must own the schema and may make temporary tables in the database. */
  static async open(options: { url: string; schema: string; records: readonly RecordClass[] }): Promise<ShadowTables> {
    const dataSource = await new DataSource({
      type: 'postgres',
      url: options.url,
      schema: TEMPORARY,
      entities: [...options.records],
      poolSize: 1,
      installExtensions: false,
      connectTimeoutMS: 5_000,
      applicationName: `${options.schema}-rebuild`,
      extra: { options: `-c search_path=${TEMPORARY} -c timezone=UTC` },
    }).initialize();
    const shadows = new ShadowTables(dataSource, dataSource.createQueryRunner(), options.schema, options.records);
    try {
      await shadows.runner.connect();
      for (const table of shadows.tables()) {
        await shadows.tx.query(`CREATE TEMPORARY TABLE ${table} (LIKE ${options.schema}.${table} INCLUDING ALL)`);
      }
      return shadows;
    } catch (error) {
      await shadows.close();
      throw error;
    }
  }

  /** The session's manager: what it writes goes into the copies. */
  get tx(): EntityManager {
    return this.runner.manager;
  }

  /** Runs `work` in one transaction of the session; undoes everything, in the copies too, when it throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.runner.startTransaction();
    try {
      const result = await work();
      await this.runner.commitTransaction();
      return result;
    } catch (error) {
      await this.runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  /** Makes the real tables equal to their copies. Rows that are right already are not touched, so nobody waits for them. */
  async merge(): Promise<readonly TableDifference[]> {
    const differences: TableDifference[] = [];
    for (const table of this.tables()) differences.push(await this.mergeTable(table));
    return differences;
  }

  async close(): Promise<void> {
    await this.runner.release();
    await this.dataSource.destroy();
  }

  private tables(): readonly string[] {
    return this.records.map((record) => this.dataSource.getMetadata(record).tableName);
  }

  private async mergeTable(table: string): Promise<TableDifference> {
    const [real, copy] = [`${this.schema}.${table}`, `${TEMPORARY}.${table}`];
    const { keys, columns } = await this.columnsOf(copy);
    const list = (prefix: string): string => columns.map((column) => `${prefix}.${column}`).join(', ');
    const same = keys.map((key) => `r.${key} = c.${key}`).join(' AND ');
    const rows = async (statement: string): Promise<number> => {
      const [counted] = await this.tx.query<{ rows: number }[]>(
        `WITH done AS (${statement} RETURNING 1) SELECT count(*)::int AS rows FROM done`,
      );
      return counted?.rows ?? 0;
    };
    await this.tx.query(`ANALYZE ${copy}`);
    const removed = await rows(`DELETE FROM ${real} r WHERE NOT EXISTS (SELECT FROM ${copy} c WHERE ${same})`);
    const corrected = await rows(
      `UPDATE ${real} r SET (${columns.join(', ')}) = ROW (${list('c')})
       FROM ${copy} c WHERE ${same} AND (${list('r')}) IS DISTINCT FROM (${list('c')})`,
    );
    const added = await rows(
      `INSERT INTO ${real} (${columns.join(', ')}) SELECT ${list('c')} FROM ${copy} c
       WHERE NOT EXISTS (SELECT FROM ${real} r WHERE ${same})`,
    );
    return { table, added, corrected, removed };
  }

  private async columnsOf(table: string): Promise<{ keys: readonly string[]; columns: readonly string[] }> {
    const found = await this.tx.query<{ name: string; key: boolean }[]>(
      `SELECT quote_ident(a.attname) AS name, coalesce(a.attnum = ANY (i.indkey), false) AS key
       FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
       WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       ORDER BY a.attnum`,
      [table],
    );
    const keys = found.filter(({ key }) => key).map(({ name }) => name);
    if (keys.length === 0) throw new Error(`${table} has no primary key`);
    return { keys, columns: found.map(({ name }) => name) };
  }
}
