// Programs out of Debian's packages, without installing anything: apt fetches into folders of ours, dpkg-deb unpacks.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const DEBIAN_KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * @typedef {object} WantedProgram
 * @property {string} package
 * @property {string} program its path inside the package
 * @property {string} cache
 * @property {string} howToGetIt the error's text where this is no Debian, or the package cannot be fetched
 * @property {string} [release] Debian's code name, such as `trixie`; default: the releases of the machine's own sources
 */

/**
 * The path of a program of a Debian (or Ubuntu) package, fetched and unpacked the first time. Needs neither root nor
 * package lists; nothing outside `cache` changes.
 * @param {WantedProgram} wanted
 * @returns {Promise<string>}
 */
export async function debianProgram({ package: name, program, cache, howToGetIt, release }) {
  const unpacked = join(cache, [name, release, process.arch].filter(Boolean).join('-'));
  const path = join(unpacked, program);
  if (existsSync(path)) return path;
  if (spawnSync('apt-get', ['--version']).status !== 0 || spawnSync('dpkg-deb', ['--version']).status !== 0) {
    throw new Error(howToGetIt);
  }
  mkdirSync(cache, { recursive: true });
  // Others may fetch the same package right now: each works in a folder of its own, the first to finish wins.
  const workplace = mkdtempSync(join(cache, `${name}-fetching-`));
  try {
    const archive = await download(name, workplace, release);
    const target = join(workplace, 'unpacked');
    await run('dpkg-deb', ['-x', archive, target], workplace);
    if (!existsSync(join(target, program))) throw new Error(`${name} holds no ${program}`);
    if (!existsSync(unpacked)) moveUnlessThere(target, unpacked);
  } catch (error) {
    const reason = /** @type {Error} */ (error).message;
    throw new Error(`${howToGetIt}\n\nFetching Debian's package failed: ${reason}`, { cause: error });
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
  return path;
}

/**
 * @param {string} name
 * @param {string} workplace
 * @param {string} [release]
 * @returns {Promise<string>} the package file
 */
async function download(name, workplace, release) {
  const sources = release && {
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::sourcelist': await only(release, workplace),
  };
  const env = { ...process.env, APT_CONFIG: await writeConfig(workplace, sources || {}) };
  // Own package lists always: the machine's may be missing, old, or name a version the mirror has dropped.
  await run('apt-get', ['update'], workplace, env).catch(() => {}); // a broken third-party source must not matter
  await run('apt-get', ['download', release ? `${name}/${release}` : name], workplace, env);
  const archive = readdirSync(workplace).find((file) => file.endsWith('.deb'));
  if (!archive) throw new Error(`apt-get download ${name} left no package file`);
  return join(workplace, archive);
}

/**
 * A list of sources that knows one release and nothing else, from the mirror of Debian that the machine's own sources name, checked
 * with Debian's own keys.
 * @param {string} release
 * @param {string} workplace
 */
async function only(release, workplace) {
  const known = await run('apt-get', ['indextargets', '--format', '$(REPO_URI)'], workplace);
  const mirror = known.split('\n').find((uri) => uri.endsWith('/debian/'));
  if (!mirror) throw new Error(`the machine's sources name no mirror of Debian to take ${release} from`);
  const file = join(workplace, 'sources.list');
  writeFileSync(file, `deb [signed-by=${DEBIAN_KEYS}] ${mirror} ${release} main\n`);
  return file;
}

/**
 * apt's own settings (mirrors, proxies, keys) with all folders it writes to replaced by ours, and without the hooks an
 * administrator may have attached to an update: those act on the system.
 * @param {string} workplace
 * @param {Record<string, string>} more settings
 */
async function writeConfig(workplace, more) {
  const file = join(workplace, 'apt.conf');
  const settings = (await run('apt-config', ['dump'], workplace)).split('\n');
  const ours = {
    ...more,
    'Dir::Etc::main': '/dev/null',
    'Dir::Etc::parts': '/dev/null',
    'Dir::State': join(workplace, 'state'),
    'Dir::State::lists': join(workplace, 'lists'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(workplace, 'cache'),
    'Dir::Log': join(workplace, 'log'),
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': 'root', // the usual sandbox account could not write to our folders
  };
  const kept = settings.filter((line) => !/^[^ ]*(Invoke|Dir::(Etc::(main|parts)|State|Cache|Log))/i.test(line));
  const changed = Object.entries(ours).map(([key, value]) => `${key} "${value}";`);
  for (const folder of ['state', 'lists/partial', 'cache/archives/partial', 'log']) {
    mkdirSync(join(workplace, folder), { recursive: true });
  }
  writeFileSync(file, [...kept, ...changed, ''].join('\n'));
  return file;
}

/**
 * @param {string} from
 * @param {string} to
 */
function moveUnlessThere(from, to) {
  try {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(command, args, cwd, env = process.env) {
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 10_000_000 });
  return stdout;
}
