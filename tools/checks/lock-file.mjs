// A lock file that installs the same everywhere: on platforms other than the writer's, and from any registry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ resolved?: string, link?: boolean, license?: string, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/** @param {string} path a key of `packages` in the lock file */
export const packageName = (path) => path.replace(/^.*node_modules\//, '');

/** @param {string} root @returns {LockFile} */
export const readLockFile = (root) => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/**
 * What is wrong with a lock file: an optional dependency that is nowhere in it (its release was not served for every
 * platform, so a clean install fails on the others), or an address (the host of whoever wrote it).
 * @param {LockFile} lock @returns {string[]}
 */
export function lockFileFaults({ packages }) {
  const names = new Set(Object.keys(packages).map(packageName));
  return Object.entries(packages).flatMap(([path, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !names.has(name))
      .map((name) => `package-lock.json: ${path} wants ${name}, which is not in the lock`),
    ...(entry.resolved?.startsWith('http') ? [`package-lock.json: ${path} names the address ${entry.resolved}`] : []),
  ]);
}
