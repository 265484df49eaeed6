// Programs out of Debian's packages, without installing anything: apt fetches into folders of ours, dpkg-deb unpacks.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * The path of a program of a Debian (or Ubuntu) package, fetched and unpacked the first time. Needs neither root nor
 * package lists; nothing outside `cache` changes.
 * @param {{ package: string, program: string, cache: string, howToGetIt: string }} wanted `howToGetIt` is the error's
 *   text where this is no Debian, or the package cannot be fetched
 * @returns {Promise<string>}
 */
export async function debianProgram({ package: name, program, cache, howToGetIt }) {
  const unpacked = join(cache, `${name}-${process.arch}`);
  const path = join(unpacked, program);
  if (existsSync(path)) return path;
  if (spawnSync('apt-get', ['--version']).status !== 0 || spawnSync('dpkg-deb', ['--version']).status !== 0) {
    throw new Error(howToGetIt);
  }
  mkdirSync(cache, { recursive: true });
  // Others may fetch the same package right now: each works in a folder of its own, the first to finish wins.
  const workplace = mkdtempSync(join(cache, `${name}-fetching-`));
  try {
    const archive = await download(name, workplace);
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
 * @returns {Promise<string>} the package file
 */
async function download(name, workplace) {
  const env = { ...process.env, APT_CONFIG: await writeConfig(workplace) };
  // Own package lists always: the machine's may be missing, old, or name a version the mirror has dropped.
  await run('apt-get', ['update'], workplace, env).catch(() => {}); // a broken third-party source must not matter
  await run('apt-get', ['download', name], workplace, env);
  const archive = readdirSync(workplace).find((file) => file.endsWith('.deb'));
  if (!archive) throw new Error(`apt-get download ${name} left no package file`);
  return join(workplace, archive);
}

/**
 * apt's own settings (mirrors, proxies, keys) with all folders it writes to replaced by ours, and without the hooks an
 * administrator may have attached to an update: those act on the system.
 * @param {string} workplace
 */
async function writeConfig(workplace) {
  const file = join(workplace, 'apt.conf');
  const settings = (await run('apt-config', ['dump'], workplace)).split('\n');
  const ours = {
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
