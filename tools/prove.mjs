// `npm run prove -- spine`: kills processes, NATS and Postgres under load and checks what everybody wrote down. See docs/proving.md.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { describeMachine } from './bench/machine.mjs';
import { buildProjects } from './environment/build-projects.mjs';
import { installPackages } from './environment/install-packages.mjs';
import { repository } from './environment/places.mjs';

const HELP = `npm run prove -- spine [options]
  --seed N,N,...   one run for each (default 1)
  --minutes N      of load and kills in each run (default 2)
  --rate N         operations per second (default 20, at most 50)
  --planted NAME   a run with one planted bug, or with each ("all"); passes when it is caught
  --keep           keeps journals, data and logs of every run, not only of those with violations
Journals: .graphdesk/prove/<run>/. Exit code 0: no violation; with --planted: every bug caught.`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      rate: { type: 'string', default: '20' },
      planted: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.join() !== 'spine') {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const logs = join(repository, '.graphdesk');
  mkdirSync(logs, { recursive: true });
  await installPackages(repository, join(logs, 'install.log'));
  await buildProjects(repository, join(logs, 'build.log'));
  /** @type {typeof import('../apps/stories/src/proving/prove-command.js')} */
  const { prove, readSettings } = await import('../apps/stories/dist/proving/prove-command.js');
  const abort = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(130); // asked twice: the watchdog ends the rest
      console.log(`\n${signal}: stopping ...`);
      abort.abort();
    });
  }
  console.log(`spine, on ${describeMachine()}\n`);
  const good = await prove({
    ...readSettings(values),
    folder: join(logs, 'prove'),
    keep: values.keep,
    signal: abort.signal,
    say: console.log,
  });
  process.exitCode = good ? 0 : 1;
}

main().catch((/** @type {Error} */ error) => {
  process.stderr.write(`\nThe run could not be finished.\n${error.message}\n`);
  process.exitCode = 1;
});
