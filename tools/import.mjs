// `npm run import -- servicenow FILE`: reads another system's log into the running system, through the gateway.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

import { repository } from './environment/places.mjs';

const HELP = `npm run import -- servicenow FILE [options]
  --url URL          the gateway's GraphQL address (default: of the system that npm start runs)
  --data-dir DIR     where that system keeps its data (default .graphdesk)
  --zone ZONE        the zone of the file's times: UTC, +02:00, Europe/Berlin, ... (default UTC)
  --system NAME      what the source is called in external references (default servicenow)
  --patience SECONDS how long trouble that passes is waited for (default 120)
GRAPHDESK_TOKEN: an admin's token (default: of the demo tenant's admin).
Ends with 0, with 1 when something was refused, with 2 for a file that cannot be read, with 3 when it had to stop before the end.`;

/** Exit codes. */
const REFUSED = 1;
const UNREADABLE = 2;
const STOPPED = 3;

class Usage extends Error {}

/**
 * The address and the token of a system: given, or of the one that `npm start` runs.
 * @param {{ url?: string, 'data-dir'?: string }} options
 */
function doorOf({ url, 'data-dir': dataDir }) {
  const token = process.env.GRAPHDESK_TOKEN;
  if (url && token) return { url, token };
  const file = join(dataDir ?? (process.env.GRAPHDESK_DATA || join(repository, '.graphdesk')), 'dev.json');
  if (!existsSync(file))
    throw new Usage(`Nothing runs: there is no ${file}. Run npm start, or give --url and GRAPHDESK_TOKEN.`);
  const dev = JSON.parse(readFileSync(file, 'utf8'));
  // The demo's token is no business of another system.
  if (url && url !== dev.gateway.http) throw new Usage('With --url, GRAPHDESK_TOKEN must hold the token of an admin.');
  return { url: dev.gateway.http, token: token || dev.tokens.admin };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'data-dir': { type: 'string' },
      zone: { type: 'string', default: 'UTC' },
      system: { type: 'string', default: 'servicenow' },
      patience: { type: 'string', default: '120' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  const [kind, file, ...more] = positionals;
  if (kind !== 'servicenow' || !file || more.length > 0) throw new Usage(HELP);
  const patience = Number(values.patience);
  if (!(patience >= 0)) throw new Usage('--patience is a number of seconds.');

  // Only now what needs installed packages.
  const { readServicenowFile } = await import('./import/servicenow-file.mjs');
  const { gateway } = await import('./import/gateway.mjs');
  const { importHistories } = await import('./import/import-histories.mjs');
  const { progressBar } = await import('./import/progress-bar.mjs');
  const { reportLines, summaryOf } = await import('./import/report.mjs');

  const begin = performance.now();
  const read = await readServicenowFile(file, { zone: values.zone });
  const progress = progressBar(process.stderr);
  const door = gateway({
    ...doorOf(values),
    patienceMs: patience * 1000,
    onTrouble: (message) => progress.say(`${message}; trying again`),
  });
  const imported = await importHistories(door, values.system, read.histories, progress.show);
  const summary = summaryOf(basename(file), values.system, read, imported, (performance.now() - begin) / 1000);
  process.stdout.write(`${reportLines(summary).join('\n')}\n`);
  if (summary.refused.length + summary.refusedReferences.length > 0) process.exitCode = REFUSED;
}

main().catch((/** @type {Error & { code?: string }} */ error) => {
  const said = { UnreadableFile: UNREADABLE, Usage: UNREADABLE, Stopped: STOPPED }[error.constructor.name];
  const usage = error.code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${said !== undefined || usage ? error.message : (error.stack ?? error.message)}\n`);
  if (said === STOPPED) process.stderr.write('What was imported stays; run the same again to go on.\n');
  process.exitCode = said ?? (usage ? UNREADABLE : STOPPED);
});
