import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './demo.js';

const root = join(import.meta.dirname, '../../..');

/** The small log of ours that the importer's tests always run on: 40 incidents, 252 rows. */
export const SAMPLE_LOG = join(root, 'tools/import/sample.csv');

/** A real log, where there is one: GRAPHDESK_SERVICENOW_LOG, or the data folder beside the repository. */
export const REAL_LOG = [
  process.env['GRAPHDESK_SERVICENOW_LOG'] ?? '',
  join(root, '../shared/data/servicenow-incident-log/incident_event_log.csv'),
].find((file) => file !== '' && existsSync(file));

/** The last line of the importer's report, as far as stories read it. */
export interface ImportSummary {
  readonly rows: number;
  readonly rowsRefused: number;
  readonly incidents: number;
  readonly imported: number;
  readonly known: number;
  readonly entries: number;
  readonly created: Readonly<Record<'people' | 'teams' | 'problems' | 'changes', number>>;
  readonly prioritiesCompared: number;
  readonly prioritiesEqual: number;
  readonly prioritiesDifferent: readonly { readonly ours: string; readonly theirs: string }[];
  readonly refused: readonly unknown[];
}

/** How a run ended; without a summary when it was killed. */
export interface ImportRun {
  readonly code: number | null;
  readonly summary: ImportSummary | undefined;
  readonly progress: string;
}

/** Runs `npm run import` against the demo; `onProgress` hears every piece of what it writes to standard error. */
export function runImport(
  demo: Demo,
  file: string,
  { system = 'servicenow', onProgress = () => undefined }: ImportOptions = {},
): Promise<ImportRun> {
  const args = [
    join(root, 'tools/import.mjs'),
    'servicenow',
    file,
    '--url',
    demo.stack.gateway.http,
    '--system',
    system,
  ];
  const env = { ...process.env, GRAPHDESK_TOKEN: demo.stack.tokens['admin'] };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let progress = '';
  let report = '';
  child.stdout.on('data', (chunk: Buffer) => (report += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    progress += chunk.toString();
    onProgress(progress, () => void child.kill('SIGKILL'));
  });
  return new Promise((resolve) =>
    child.once('close', (code) => {
      const last = report.trim().split('\n').at(-1) ?? '';
      resolve({ code, summary: last.startsWith('{') ? (JSON.parse(last) as ImportSummary) : undefined, progress });
    }),
  );
}

interface ImportOptions {
  readonly system?: string;
  /** What was written so far, and how to kill the run. */
  readonly onProgress?: (progress: string, kill: () => void) => void;
}
