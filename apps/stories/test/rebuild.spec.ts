import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startDemo, type Demo } from '../src/demo.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const INCIDENT = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } errors { code } } }`;
const PROJECTIONS = ['incident', 'service'];
const EFFECTS = ['stakeholder_update', 'timeline_entry', 'inbox'];

describe('npm run rebuild', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'graphdesk-rebuild-'));
  let demo: Demo;
  let database: pg.Client;

  beforeAll(async () => {
    chmodSync(dataDir, 0o711); // Postgres may have to run under another account
    demo = await startDemo({}, { dataDir });
    database = new pg.Client({ connectionString: demo.stack.databaseUrl });
    await database.connect();
    for (let n = 1; n <= 5; n += 1) await report(`before ${n}`);
    await settled();
  });

  afterAll(async () => {
    await database?.end();
    await demo?.stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const report = (title: string): Promise<unknown> =>
    demo
      .as('responder')
      .act(INCIDENT, { input: { title, serviceId: demo.services['web-shop'], impact: 'HIGH', urgency: 'HIGH' } });
  const rows = async (tables: readonly string[]): Promise<unknown[]> => {
    const found = [];
    for (const table of tables)
      found.push((await database.query(`SELECT * FROM communications.${table} ORDER BY 1, 2`)).rows);
    return found;
  };
  /** Communications have applied everything that the incidents service recorded. */
  const settled = (): Promise<void> =>
    eventually(
      async () => {
        const { rows: left } = await database.query(
          `SELECT event_id FROM incidents.timeline_entry WHERE aggregate_type = 'incident'
           EXCEPT SELECT event_id FROM communications.inbox`,
        );
        expect(left).toEqual([]);
      },
      { timeoutMs: 30_000 },
    );
  const rebuild = (
    service: string,
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number | null; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['tools/rebuild.mjs', service, '--data-dir', dataDir], {
        cwd: root,
        env: { ...process.env, ...env },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });

  it.each(['rebuild.replaying', 'rebuild.before-commit'])('killed at %s has changed nothing', async (place) => {
    await database.query(`UPDATE communications.incident SET title = 'wrong'`);
    const { code, stderr } = await rebuild('communications', { FAIL_AT: place });
    expect(code).toBe(1);
    expect(stderr).toContain('SIGKILL');
    const { rows: titles } = await database.query('SELECT DISTINCT title FROM communications.incident');
    expect(titles).toEqual([{ title: 'wrong' }]);
  });

  it('fills an emptied projection while the system runs, has no other effect, and says what was wrong', async () => {
    const effects = await rows(EFFECTS);
    await database.query('TRUNCATE communications.incident, communications.service');
    const ended = rebuild('communications');
    await report('meanwhile');
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('events replayed') });
    expect(stdout).toMatch(/^communications: complete, \d+ events replayed\n {2}incident: \d+ added, /);
    await settled();

    const { rows: titles } = await database.query(
      `SELECT title FROM communications.incident WHERE title LIKE 'before %' OR title = 'meanwhile' ORDER BY title`,
    );
    expect(titles.map(({ title }) => title as string)).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => `before ${n}`),
      'meanwhile',
    ]);
    const { rows: services } = await database.query('SELECT id FROM communications.service ORDER BY id');
    expect(services.map(({ id }) => id as string)).toEqual(Object.values(demo.services).sort());
    const ids = (table: unknown): string[] =>
      (table as { id?: string; event_id?: string }[]).map((row) => row.id ?? row.event_id ?? '');
    const after = await rows(EFFECTS);
    effects.forEach((table, index) => expect(ids(after[index])).toEqual(expect.arrayContaining(ids(table))));
    // One more incident, one more draft.
    expect(ids(after[0]).length).toBe(ids(effects[0]).length + 1);
    expect((await rebuild('communications')).stdout).toMatch(/incident: 0 added, 0 corrected, 0 removed/);
    expect(await rows(PROJECTIONS)).toHaveLength(2);
  }, 60_000);

  it('says what it cannot do', async () => {
    expect(await rebuild('gateway')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SERVICE one of: catalog'),
    });
    expect(await rebuild('sla')).toMatchObject({ code: 1, stderr: expect.stringContaining('sla has no projections') });
  });
});
