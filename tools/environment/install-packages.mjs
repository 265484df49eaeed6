// Runs before any package is installed: only Node's own modules here.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runToEnd } from './child-process.mjs';
import { withLock } from './lock.mjs';

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional] may be missing on this platform
 * @property {boolean} [devOptional]
 * @property {boolean} [link]
 */

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own note of what it installed.
 * @param {string} root the repository's folder
 * @returns {boolean}
 */
export function packagesAreCurrent(root) {
  const note = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = readPackages(note);
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true; // our own packages
    const found = installed[path];
    if (!found) return Boolean(wanted.optional || wanted.devOptional);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * Installs exactly what package-lock.json says, unless that is there already.
 * @param {string} root
 * @param {string} logFile npm's output
 * @returns {Promise<boolean>} whether anything had to be done
 */
export async function installPackages(root, logFile) {
  if (packagesAreCurrent(root)) return false;
  return withLock(join(root, '.graphdesk/install.lock'), async () => {
    if (packagesAreCurrent(root)) return false; // another process just did it
    // The npm that runs us, when one does: it need not be the first on the PATH.
    const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
    const [command = 'npm', ...first] = npm;
    const args = [...first, 'ci', '--no-audit', '--no-fund'];
    await runToEnd({ name: 'npm ci', command, args, cwd: root, logFile });
    return true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
