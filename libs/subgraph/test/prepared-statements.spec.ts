import { enginePool } from '@graphdesk/database';
import { createDatabase, provisionService, type TestDatabase } from '@graphdesk/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

describe('statements', () => {
  let database: TestDatabase;
  let url: string;
  beforeAll(async () => {
    database = await createDatabase('prepared');
    url = (await provisionService(database.url, 'prepared')).engineUrl;
  });
  afterAll(() => database.drop());

  /** What one connection keeps after two rounds of the same statements. */
  const kept = async (prepare: boolean): Promise<{ statement: string; uses: number }[]> => {
    const pool = enginePool({ url, schema: 'prepared', poolSize: 1, prepare });
    try {
      for (const value of [1, 2]) {
        await pool.query('SELECT $1::int AS with_value', [value]);
        await pool.query('SELECT * FROM generate_series(1, $1::int)', [value]);
        await pool.query('SELECT 1 AS without_value');
      }
      const { rows } = await pool.query<{ statement: string; uses: number }>(
        'SELECT statement, (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements',
      );
      return rows;
    } finally {
      await pool.end();
    }
  };

  it('are prepared once per connection, but for those that ask for whatever columns there are', async () => {
    expect(await kept(true)).toEqual([{ statement: 'SELECT $1::int AS with_value', uses: 2 }]);
  });

  it('are sent whole behind a pooler that cannot keep them', async () => {
    expect(await kept(false)).toEqual([]);
  });
});
