// The small checks over what is committed. `node tools/checks/repository.mjs` prints what is wrong and ends with 1.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceFaults } from './licences.mjs';
import { lockFileFaults, readLockFile } from './lock-file.mjs';
import { textFaults } from './tracked-text.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = (command, args) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/**
 * Specs that no Jest project would run.
 * @param {readonly string[]} tracked @param {readonly string[]} matched @returns {string[]}
 */
export function forgottenSpecs(tracked, matched) {
  const known = new Set(matched);
  return tracked
    .filter((path) => /\.spec\.\w+$/.test(path) && !known.has(path))
    .map((path) => `${path}: no Jest project runs it`);
}

function specsOfJest() {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const paths = JSON.parse(run(process.execPath, [jest, '--listTests', '--json']));
  return paths.map((path) => relative(root, path));
}

/** Everything that is wrong with the repository, one line each. */
export function repositoryFaults() {
  // A file that is deleted but not yet committed is still listed.
  const tracked = run('git', ['ls-files', '-z'])
    .split('\0')
    .filter((path) => path && existsSync(join(root, path)));
  const lock = readLockFile(root);
  return [
    ...lockFileFaults(lock),
    ...licenceFaults(lock, readFileSync(join(root, 'NOTICE'), 'utf8')),
    ...tracked.flatMap((path) => textFaults(path, readFileSync(join(root, path), 'utf8'))),
    ...forgottenSpecs(tracked, specsOfJest()),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = repositoryFaults();
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
