// `npm run bench -- NAME`: measures and prints, with the machine's description; asserts nothing. Names: the files of tools/bench.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

import { describeMachine } from './bench/machine.mjs';
import { buildProjects } from './environment/build-projects.mjs';
import { installPackages } from './environment/install-packages.mjs';
import { repository } from './environment/places.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
const [name = ''] = argv.slice(2);
if (!names.includes(name)) {
  console.error(`npm run bench -- NAME, with NAME one of: ${names.join(', ')}`);
  exit(1);
}
const logs = join(repository, '.graphdesk');
await installPackages(repository, join(logs, 'install.log'));
await buildProjects(repository, join(logs, 'build.log'));
console.log(`${name}, on ${describeMachine()}\n`);
const { run } = await import(`./bench/${name}.bench.mjs`);
await run();
