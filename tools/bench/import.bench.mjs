// A whole log into a fresh system, beside the same rows as plain INSERTs on the same Postgres.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';

import { repository } from '../environment/places.mjs';
import { startStack } from '../environment/stack.mjs';
import { sampleLog } from '../import/make-sample.mjs';
import { readServicenowFile } from '../import/servicenow-file.mjs';

/** As many incidents as the real log has: about 3,800 rows. */
const GENERATED = 600;

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'graphdesk-bench-'));
  const stack = await startStack({ freePorts: true, ownServers: true });
  try {
    const file = logFile(folder);
    const { rows, incidents, seconds, prioritiesEqual, refused } = await importLog(stack, file);
    console.log(
      `${file === join(folder, 'log.csv') ? 'a generated log' : 'the real log'}: ${incidents} incidents, ${rows} rows (aim: under 30 s)`,
    );
    console.log(
      `  imported in ${seconds} s, ${(rows / seconds).toFixed(0)} rows/s; priorities equal ${prioritiesEqual}, refused ${refused.length}`,
    );
    const again = await importLog(stack, file);
    console.log(`  the same again, nothing new: ${again.seconds} s`);
    const bare = await bareInserts(stack.databaseUrl, file);
    console.log(
      `  bare INSERT of each row, one at a time: ${bare.toFixed(1)} s; the importer takes ${(seconds / bare).toFixed(1)} times as long\n`,
    );
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} folder */
function logFile(folder) {
  const beside = join(repository, '../shared/data/servicenow-incident-log/incident_event_log.csv');
  const real = [process.env.GRAPHDESK_SERVICENOW_LOG ?? '', beside].find((file) => file !== '' && existsSync(file));
  if (real) return real;
  const file = join(folder, 'log.csv');
  writeFileSync(file, sampleLog(GENERATED));
  return file;
}

/**
 * As a user runs it: a process of its own.
 * @param {import('../environment/stack.mjs').Stack} stack
 * @param {string} file
 */
async function importLog(stack, file) {
  const args = [join(repository, 'tools/import.mjs'), 'servicenow', file, '--url', stack.gateway.http];
  const env = { ...process.env, GRAPHDESK_TOKEN: stack.tokens.admin };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let report = '';
  child.stdout.on('data', (chunk) => (report += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the import ended with ${code}: ${report.slice(-500)}`);
  return JSON.parse(report.trim().split('\n').at(-1) ?? '');
}

/**
 * The floor: what writing the same rows costs without any of our rules.
 * @param {string} databaseUrl
 * @param {string} file
 * @returns {Promise<number>} seconds
 */
async function bareInserts(databaseUrl, file) {
  const { histories } = await readServicenowFile(file);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('CREATE TABLE bare (number text, line int PRIMARY KEY, at timestamptz, row jsonb)');
    const begin = performance.now();
    for (const { number, entries } of histories) {
      for (const entry of entries) {
        await client.query('INSERT INTO bare VALUES ($1, $2, $3, $4)', [number, entry.line, entry.at, entry]);
      }
    }
    return (performance.now() - begin) / 1000;
  } finally {
    await client.end();
  }
}
