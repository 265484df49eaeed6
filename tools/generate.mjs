// Writes what is generated and committed, from the built services:
//   apps/<service>/schema.graphql        each subgraph's SDL with its federation directives
//   apps/gateway/supergraph.graphql      composed from them, and the client-facing apps/gateway/api-schema.graphql
//   docs/events.md                       its table of events
//   node tools/generate.mjs              builds what changed and writes
//   node tools/generate.mjs --check      fails when a committed file is not what would be written
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { argv, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { buildProjects } from './environment/build-projects.mjs';
import { installPackages } from './environment/install-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);

/** The subgraphs, as the gateway knows them. */
function services() {
  return Object.keys(JSON.parse(readFileSync(join(root, 'apps/gateway/subgraphs.json'), 'utf8')));
}

/** @param {string} name @returns {Promise<[file: string, text: string]>} */
async function printSchema(name) {
  const main = join(root, 'apps', name, 'dist/main.js');
  const { stdout } = await run(execPath, [main, 'schema'], { cwd: root, maxBuffer: 8 * 1024 * 1024 });
  return [join(root, 'apps', name, 'schema.graphql'), stdout];
}

const check = argv.includes('--check');
await installPackages(root, join(root, '.graphdesk/install.log'));
await buildProjects(root, join(root, '.graphdesk/build.log'));
// These load packages, so they cannot come before the packages are installed.
const { staleSchemas } = await import('./compose.mjs');
const { eventsDocument } = await import('./docs-events.mjs');
/** @type {string[]} */
const stale = [];

/** @param {Iterable<[string, string]>} files */
function settle(files) {
  for (const [file, text] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(relative(root, file));
    if (!check) writeFileSync(file, text);
  }
}

settle(await Promise.all(services().map(printSchema)));
// Composition reads the files just written; in a check that found one out of date there is nothing more to learn.
if (!check || stale.length === 0) settle(staleSchemas({ ci: true }));
settle([eventsDocument()]);

if (stale.length === 0) console.log('everything generated is up to date');
else if (!check) console.log(`written: ${stale.join(', ')}`);
else {
  console.error(`out of date: ${stale.join(', ')}; run: npm run generate`);
  exit(1);
}
