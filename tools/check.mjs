// `npm run check`: everything CI does, one named step after the other, and at the end a list of what failed.
//   npm run check -- --only format,lint      only these steps
//   npm run check -- --without tests         all but these
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installPackages } from './environment/install-packages.mjs';
import { repository as root } from './environment/places.mjs';

const node = (script, ...args) => [join(root, script), ...args];

/** Each step is one or more Node scripts. */
const STEPS = [
  { name: 'format', scripts: [node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')] },
  { name: 'lint', scripts: [node('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.')] },
  {
    name: 'types',
    scripts: [
      node('node_modules/nx/dist/bin/nx.js', 'run-many', '-t', 'typecheck'),
      node('node_modules/typescript/bin/tsc', '-p', 'tools/tsconfig.json'),
    ],
  },
  { name: 'generated', scripts: [node('tools/generate.mjs', '--check')] },
  { name: 'repository', scripts: [node('tools/checks/repository.mjs')] },
  { name: 'chart', scripts: [node('tools/checks/chart.mjs')] },
  { name: 'tests', scripts: [node('tools/test.mjs')] },
];

/** The steps that the flags ask for; an unknown name is an error, so that a typing mistake does not pass as a check. */
export function chosenSteps(args, names = STEPS.map(({ name }) => name)) {
  const { values } = parseArgs({ args, options: { only: { type: 'string' }, without: { type: 'string' } } });
  const list = (text) => text?.split(',').filter(Boolean) ?? [];
  const unknown = [...list(values.only), ...list(values.without)].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`No step ${unknown.join(', ')}. There are: ${names.join(', ')}`);
  const wanted = values.only === undefined ? names : names.filter((name) => list(values.only).includes(name));
  return wanted.filter((name) => !list(values.without).includes(name));
}

const run = (script) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, script, { cwd: root, stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });

async function runStep({ name, scripts }) {
  for (const script of scripts) {
    if (name === 'generated' && !existsSync(script[0])) console.log('skipped: tools/generate.mjs is not there yet');
    else if (!(await run(script))) return false;
  }
  return true;
}

async function check(args) {
  const chosen = chosenSteps(args);
  mkdirSync(join(root, '.graphdesk'), { recursive: true });
  await installPackages(root, join(root, '.graphdesk/install.log'));
  const failed = [];
  for (const step of STEPS.filter(({ name }) => chosen.includes(name))) {
    console.log(`\n▸ ${step.name}`);
    const started = performance.now();
    const passed = await runStep(step);
    if (!passed) failed.push(step.name);
    console.log(`${passed ? '✓' : '✗'} ${step.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  console.log(failed.length === 0 ? `\nAll is well: ${chosen.join(', ')}` : `\nFailed: ${failed.join(', ')}`);
  return failed.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = (await check(process.argv.slice(2))) ? 0 : 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
