import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { startProgram, untilReady } from './child-process.mjs';
import { debianProgram } from './debian-package.mjs';
import { freePort } from './free-port.mjs';

const HOW_TO_GET_IT = `Alertmanager is needed for this and was not found. Any one of these helps:
  Debian, Ubuntu   apt-get install prometheus-alertmanager
  macOS            brew install alertmanager
  elsewhere        put alertmanager (0.25 or newer) from https://prometheus.io/download on the PATH`;

/**
 * The Alertmanager program: on the PATH, else Debian's package unpacked into `cache`.
 * @param {string} cache
 * @returns {Promise<string>}
 */
export async function alertmanagerProgram(cache) {
  for (const name of ['prometheus-alertmanager', 'alertmanager']) {
    if (spawnSync(name, ['--version']).status === 0) return name;
  }
  const program = 'usr/bin/prometheus-alertmanager';
  return debianProgram({ package: 'prometheus-alertmanager', program, cache, howToGetIt: HOW_TO_GET_IT });
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
  const program = startProgram({ name: 'alertmanager', command: await alertmanagerProgram(cache), args, logFile });
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
