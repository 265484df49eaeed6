// `npm start`: sets up everything and runs the whole system until Ctrl-C. Until packages are installed, only Node's own
// modules may be loaded.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { buildProjects } from './environment/build-projects.mjs';
import { installPackages, packagesAreCurrent } from './environment/install-packages.mjs';
import { repository } from './environment/places.mjs';
import { choosePorts, listServices, parsePort } from './environment/process-list.mjs';
import { printedSteps } from './environment/progress.mjs';
import { showReady } from './environment/ready-text.mjs';

const HELP = `npm start -- [options]
  --reset         remove all data of this installation first
  --port N        the gateway's port (default 4000, or GATEWAY_PORT; services: CATALOG_PORT, INCIDENTS_PORT, ...)
  --free-ports    find free ports for everything
  --no-setup      run what is installed and built, as it is
  --no-demo       leave the demo tenant out
  --data-dir DIR  where data, secrets and logs are kept (default .graphdesk)
Settings: DATABASE_URL and NATS_URL use your own servers instead of embedded ones; SMTP_URL and MAIL_FROM send mail, which
otherwise is kept as files in DIR/mail.`;

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);

async function main() {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      port: { type: 'string' },
      'free-ports': { type: 'boolean', default: false },
      'no-setup': { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      'data-dir': { type: 'string', default: process.env.GRAPHDESK_DATA || join(repository, '.graphdesk') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return print(HELP);
  const dataDir = resolve(values['data-dir']);
  const ports = values.port ? { gateway: parsePort('--port', values.port) } : {};
  const freePorts = values['free-ports'];
  // Before the slow steps: nobody should wait for an installation to hear that a port is taken.
  if (!freePorts) await choosePorts(listServices(repository), { given: ports });
  mkdirSync(dataDir, { recursive: true });

  const step = printedSteps(print);
  print(`Graphdesk: data and logs in ${dataDir}`);
  if (!values['no-setup']) await setUp(dataDir, step);
  if (values.reset) {
    const { resetInstallation } = await import('./environment/reset.mjs');
    await step('reset: old data removed', () => resetInstallation(repository, dataDir));
  }
  await run({ dataDir, freePorts, ports, step, seed: !values['no-demo'] });
}

/**
 * @param {string} dataDir
 * @param {import('./environment/progress.mjs').Step} step
 */
async function setUp(dataDir, step) {
  if (!packagesAreCurrent(repository)) {
    await step('packages installed (npm ci)', () => installPackages(repository, join(dataDir, 'install.log')));
  }
  await step('build up to date', () => buildProjects(repository, join(dataDir, 'build.log')));
}

/** @param {Pick<import('./environment/stack.mjs').StackOptions, 'dataDir' | 'freePorts' | 'ports' | 'step' | 'seed'>} options */
async function run(options) {
  const { startStack } = await import('./environment/stack.mjs');
  const abort = new AbortController();
  /** @type {import('./environment/stack.mjs').Stack | undefined} */
  let stack;
  let stopping = false;
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    if (stopping) process.exit(130); // asked twice: the watchdog ends the rest
    stopping = true;
    print(`\n${signal}: stopping ...`);
    abort.abort();
    if (!stack) return; // the start fails now, when it has stopped what it started
    await stack.stop();
    process.exit(0);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
  // Under npm our parent is a shell, which a signal to npm ends without passing it on. Without it nobody is there to stop us.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && void end('SIGHUP'), 250).unref();
  stack = await startStack({ ...options, signal: abort.signal, onDeath: (death) => void revive(death) });

  /** @param {{ name: string, how: string, lastLines: string }} death */
  async function revive({ name, how, lastLines }) {
    if (stopping) return;
    print(
      `\n${name} ended (${how}). Its last lines (all: ${join(options.dataDir, 'logs', `${name}.log`)}):\n${lastLines}`,
    );
    try {
      await stack?.services[name]?.start();
      print(`${name} runs again.`);
    } catch (error) {
      print(`${name} does not start again: ${/** @type {Error} */ (error).message}`);
      stopping = true;
      await stack?.stop();
      process.exit(1);
    }
  }

  showReady(stack.describe(), print);
}

main().catch((/** @type {Error} */ error) => {
  process.stderr.write(`\nGraphdesk could not start.\n${error.message}\n`);
  process.exit(1);
});
