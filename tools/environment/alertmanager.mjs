import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startProgram, untilReady } from './child-process.mjs';
import { debianProgram } from './debian-package.mjs';
import { freePort } from './free-port.mjs';

const HOW_TO_GET_IT = `Alertmanager is needed for this and was not found. Any one of these helps:
  Debian, Ubuntu   apt-get install prometheus-alertmanager
  macOS            brew install alertmanager
  elsewhere        put alertmanager (0.25 or newer) from https://prometheus.io/download on the PATH`;

/** Where Debian's build looks for its message templates, and nowhere else. */
const TEMPLATES = '/usr/share/prometheus/alertmanager';

/**
 * The Alertmanager program: on the PATH, else Debian's package unpacked into `cache`.
 * @param {string} cache
 * @returns {Promise<{ command: string, cwd?: string }>} `cwd`: the folder it must be started in
 */
export async function alertmanagerProgram(cache) {
  for (const command of ['prometheus-alertmanager', 'alertmanager']) {
    if (spawnSync(command, ['--version']).status === 0) return { command };
  }
  const program = 'usr/bin/prometheus-alertmanager';
  const wanted = { package: 'prometheus-alertmanager', program, cache, howToGetIt: HOW_TO_GET_IT };
  const original = await debianProgram(wanted);
  return { command: relocated(original), cwd: join(original, '../../..', TEMPLATES) };
}

/**
 * A copy that finds its templates in the folder it is started in: unpacked without being installed, it would look in a
 * folder of the system. The path inside the program is replaced by a relative one of the same length.
 * @param {string} original
 */
function relocated(original) {
  const copy = `${original}-relocated`;
  if (existsSync(copy)) return copy;
  const code = readFileSync(original);
  const here = './'.repeat(TEMPLATES.length / 2);
  for (let at = code.indexOf(TEMPLATES); at >= 0; at = code.indexOf(TEMPLATES, at + 1)) code.write(here, at);
  const unfinished = `${copy}.${process.pid}`;
  writeFileSync(unfinished, code);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, copy);
  return copy;
}

/**
 * Starts an Alertmanager on 127.0.0.1, alone (no cluster), on a free port.
 * @param {{ home: string, cache: string, config: string }} options `config` is the text of its configuration file (YAML)
 * @returns {Promise<{ url: string, program: import('./child-process.mjs').RunningProgram }>}
 */
export async function startAlertmanagerServer({ home, cache, config }) {
  mkdirSync(home, { recursive: true });
  const configFile = join(home, 'alertmanager.yml');
  writeFileSync(configFile, config);
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${configFile}`, `--storage.path=${join(home, 'data')}`, '--cluster.listen-address='];
  args.push(`--web.listen-address=${new URL(url).host}`);
  const logFile = join(home, 'alertmanager.log');
  const program = startProgram({ name: 'alertmanager', ...(await alertmanagerProgram(cache)), args, logFile });
  await untilReady(program, () => isReady(url));
  return { url, program };
}

/** @param {string} url */
async function isReady(url) {
  try {
    return (await fetch(`${url}/-/ready`)).ok;
  } catch {
    return false; // not listening yet
  }
}
