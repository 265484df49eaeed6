// `npm run rebuild -- SERVICE`: fills a service's projections anew while the system of `npm start` runs. In production the same is
// a command of the service's own container; see docs/rebuild.md.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { repository } from './environment/places.mjs';
import { listServices } from './environment/process-list.mjs';
import { rolePassword } from './environment/secrets.mjs';
import { inheritedSettings } from './environment/service-settings.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'data-dir': { type: 'string', default: process.env.GRAPHDESK_DATA || join(repository, '.graphdesk') } },
});
const [service = ''] = positionals;
const names = listServices(repository)
  .map(({ name }) => name)
  .filter((name) => name !== 'gateway');
if (!names.includes(service)) end(`npm run rebuild -- SERVICE, with SERVICE one of: ${names.join(', ')}`);

const dataDir = resolve(values['data-dir']);
const dev = readJson(join(dataDir, 'dev.json'));
const secrets = readJson(join(dataDir, 'secrets.json'));
const main = join(repository, 'apps', service, 'dist/main.js');
if (!existsSync(main)) end(`${service} is not built: npx nx run-many -t build`);

const owner = new URL(dev.databaseUrl);
owner.username = `${service}_owner`;
owner.password = rolePassword(secrets, owner.username);
const env = { ...inheritedSettings(), OWNER_DATABASE_URL: owner.href, NATS_URL: dev.natsUrl };
const command = spawn(process.execPath, ['--enable-source-maps', main, 'rebuild'], { env, stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => command.kill(signal));
command.on('exit', (code, signal) => {
  if (signal) process.stderr.write(`the rebuild was ended by ${signal}; nothing is changed, begin it again\n`);
  process.exitCode = code ?? 1;
});

/** @param {string} file */
function readJson(file) {
  if (!existsSync(file)) end(`nothing runs on ${dataDir}: npm start`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * @param {string} message
 * @returns {never}
 */
function end(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
