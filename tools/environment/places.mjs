import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Where fetched programs are kept: GRAPHDESK_CACHE (to share it between clones), else the repository's own git-ignored folder.
 * @returns {string}
 */
export function cacheFolder() {
  return resolve(process.env.GRAPHDESK_CACHE || `${repository}/.graphdesk/cache`);
}
