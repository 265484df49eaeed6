// `npm test`: sets up everything and runs all tests; `npm test -- incidents` runs the specs whose path holds that word.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { buildProjects } from './environment/build-projects.mjs';
import { installPackages } from './environment/install-packages.mjs';
import { natsServerProgram } from './environment/nats.mjs';
import { cacheFolder, repository } from './environment/places.mjs';
import { printedSteps } from './environment/progress.mjs';

/** @typedef {{ ok: boolean, passed: number, failed: number, skipped: number, files: string[] }} Outcome */

const NODE_FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const JEST = join(repository, 'node_modules/jest/bin/jest.js');
/** The project that runs whole systems: alone and last, so that nothing disturbs its timing. */
const STORIES = 'stories';
/** The project that runs again against a current nats-server; everything runs against the oldest that is supported. */
const MESSAGING = 'messaging';

/**
 * Runs Jest once and reads its own account of the run.
 * @param {string[]} args
 * @param {string} [nats] which nats-server the specs start
 * @returns {Promise<Outcome>}
 */
async function runJest(args, nats = '') {
  const folder = mkdtempSync(join(tmpdir(), 'graphdesk-test-'));
  const outputFile = join(folder, 'result.json');
  try {
    const flags = [...NODE_FLAGS, JEST, '--passWithNoTests', '--json', `--outputFile=${outputFile}`, ...args];
    // With --json Jest repeats the whole result on its standard output: only its report, on standard error, is shown.
    const env = nats ? { ...process.env, GRAPHDESK_NATS: nats } : process.env;
    const child = spawn(process.execPath, flags, { cwd: repository, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (!existsSync(outputFile))
      return { ok: code === 0, passed: 0, failed: code === 0 ? 0 : 1, skipped: 0, files: [] };
    const result = JSON.parse(readFileSync(outputFile, 'utf8'));
    return {
      ok: code === 0 && result.success,
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
      files: result.testResults.map((/** @type {{ name: string }} */ { name }) => relative(repository, name)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Tracked spec files no run has touched: a spec outside every project's pattern would otherwise never be missed.
 * @param {string[]} files that ran
 * @returns {string[]}
 */
function specsNotRun(files) {
  const git = spawnSync('git', ['ls-files', '*.spec.ts'], { cwd: repository, encoding: 'utf8' });
  if (git.status !== 0) return []; // an unpacked archive rather than a clone
  return git.stdout.split('\n').filter((file) => file && existsSync(join(repository, file)) && !files.includes(file));
}

/**
 * Which of the two servers can be had here; one that cannot is said so. With GRAPHDESK_NATS set, that one serves alone.
 * @returns {Promise<{ floor: string, current: string }>}
 */
async function natsServers() {
  if (process.env.GRAPHDESK_NATS) return { floor: process.env.GRAPHDESK_NATS, current: '' };
  /** @param {string} wish @param {string} instead */
  const tried = async (wish, instead) => {
    try {
      await natsServerProgram(cacheFolder(), wish);
      return wish;
    } catch (error) {
      const [reason] = /** @type {Error} */ (error).message.split('\n').reverse();
      process.stdout.write(`no ${wish} nats-server (${reason}): ${instead}\n`);
      return '';
    }
  };
  const floor = await tried('floor', 'the specs use the one that is there');
  return { floor, current: await tried('current', `${MESSAGING} is not run against it`) };
}

async function main() {
  const args = process.argv.slice(2);
  const logs = join(repository, '.graphdesk');
  mkdirSync(logs, { recursive: true });
  const step = printedSteps((line) => process.stdout.write(`${line}\n`));
  await step('packages installed', () => installPackages(repository, join(logs, 'install.log')));
  await step('build up to date', () => buildProjects(repository, join(logs, 'build.log')));

  const { floor, current } = await natsServers();
  const runs = [await runJest(['--maxWorkers=2', '--ignoreProjects', STORIES, '--', ...args], floor)];
  if (current) runs.push(await runJest(['--maxWorkers=2', '--selectProjects', MESSAGING, '--', ...args], current));
  if (existsSync(join(repository, 'apps', STORIES))) {
    runs.push(await runJest(['--runInBand', '--selectProjects', STORIES, '--', ...args], floor));
  }
  const files = runs.flatMap((run) => run.files);
  const missing = args.length === 0 ? specsNotRun(files) : [];
  for (const file of missing) process.stdout.write(`not run: ${file}\n`);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => runs.reduce((total, run) => total + run[key], 0);
  if (files.length === 0) process.stdout.write('no spec was run\n');
  const good = runs.every((run) => run.ok) && missing.length === 0 && files.length > 0;
  process.exitCode = good ? 0 : 1;
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
}

main().catch((/** @type {Error} */ error) => {
  process.stderr.write(`\nThe tests could not run.\n${error.message}\n`);
  process.exitCode = 1;
});
