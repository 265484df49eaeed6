import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { nobodyCan, postgresAccount } from './postgres-account.mjs';
import { copyPostgresBinaries, postgresBinaries } from './postgres-binaries.mjs';

/** Where root keeps what `nobody` must reach when the repository itself is out of its reach. */
const SHARED_HOME = '/var/lib/graphdesk';

/**
 * @typedef {object} Place
 * @property {string} home holds the data, the server's log
 * @property {string} binaries holds `bin`, `lib`, `share`
 * @property {import('./postgres-account.mjs').Account} account
 */

/**
 * Every folder `startPostgres` may have used for this home, so that a reset removes all of them.
 * @param {string} home
 * @returns {string[]}
 */
export function postgresHomes(home) {
  return [home, homeForNobody(home)];
}

/** @param {string} home */
function homeForNobody(home) {
  return join(SHARED_HOME, `${basename(home)}-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
}

/**
 * Settles where a server's data and programs are and which account runs them.
 * @param {string} wanted the folder the data should be in
 * @returns {Place}
 */
export function postgresPlace(wanted) {
  mkdirSync(wanted, { recursive: true });
  let binaries = postgresBinaries();
  const account = postgresAccount(binaries, wanted);
  let home = wanted;
  if (account.uid !== undefined) {
    chownSync(home, account.uid, account.uid);
    if (!nobodyCan('-x', home)) home = homeForNobody(wanted);
    mkdirSync(home, { recursive: true });
    chownSync(home, account.uid, account.uid);
    if (!nobodyCan('-x', join(binaries, 'bin', 'postgres')))
      binaries = copyPostgresBinaries(binariesForNobody(binaries));
  }
  return { home, account, binaries };
}

/** @param {string} binaries */
function binariesForNobody(binaries) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(binaries, '..', 'package.json'), 'utf8'));
  return join(SHARED_HOME, `postgres-${version}`);
}

/**
 * Hands a folder with all its files to an account, when it is not its own yet (root may change its way between starts).
 * @param {string} path
 * @param {number | undefined} uid
 */
export function giveTo(path, uid) {
  if (uid === undefined || process.getuid?.() !== 0 || lstatSync(path).uid === uid) return;
  for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) chownSync(join(path, entry), uid, uid);
  chownSync(path, uid, uid);
}
