// Postgres refuses to run as root, and initdb refuses an account without a name. This module finds a way in every case.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** The unprivileged account every Linux system has. */
const NOBODY = 65_534;

/**
 * @typedef {object} Account
 * @property {'direct' | 'namespace' | 'nobody'} kind as ourselves, in a user namespace, or (root only) as `nobody`
 * @property {string[]} prefix the command to put before a Postgres program
 * @property {number | undefined} uid the account to run as; `undefined`: our own
 */

/**
 * Chooses how to run Postgres programs on files under `folder`.
 * @param {string} binaries the folder with `bin/postgres`
 * @param {string} folder an existing folder of ours where the data will be
 * @returns {Account}
 */
export function postgresAccount(binaries, folder) {
  const uid = process.getuid?.();
  if (uid === undefined || (uid !== 0 && hasName())) return { kind: 'direct', prefix: [], uid: undefined };
  const named = namedUid();
  if (named !== undefined && process.env.GRAPHDESK_NO_USER_NAMESPACE !== '1') {
    // The files stay ours and may lie in a folder nobody else can enter: inside we only look like another user.
    const prefix = ['unshare', '--user', `--map-user=${named}`, `--map-group=${named}`];
    if (works([...prefix, 'test', '-w', folder]) && works([...prefix, `${binaries}/bin/postgres`, '--version'])) {
      return { kind: 'namespace', prefix, uid: undefined };
    }
  }
  if (uid === 0) return { kind: 'nobody', prefix: [], uid: NOBODY };
  throw new Error(
    `Postgres cannot start: user id ${uid} has no name on this machine (no line in /etc/passwd) and user namespaces are not available. Run as a named user, or set DATABASE_URL.`,
  );
}

/**
 * Tells whether `nobody` can reach a path.
 * @param {'-r' | '-x'} right
 * @param {string} path
 * @returns {boolean}
 */
export function nobodyCan(right, path) {
  return spawnSync('test', [right, path], { uid: NOBODY, gid: NOBODY, cwd: '/' }).status === 0;
}

/** @param {string[]} commandLine */
function works([command = '', ...args]) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function hasName() {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** An account other than root that has a name, so that initdb accepts it inside the namespace. */
function namedUid() {
  try {
    const uids = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => Number(line.split(':')[2]))
      .filter((uid) => uid > 0 && uid !== NOBODY);
    return uids[0];
  } catch {
    return undefined;
  }
}
