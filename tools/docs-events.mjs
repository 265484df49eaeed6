// The table of events in docs/events.md, from the contracts and from the services that publish and read them.
//   node tools/docs-events.mjs           writes the table
//   node tools/docs-events.mjs --check   fails when the committed table is not what would be written
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { pathToFileURL } from 'node:url';

import { repository } from './environment/places.mjs';

const MARKS = ['<!-- events -->', '<!-- end of events -->'];
const CONTRACT =
  /\/\*\* Published when: (?<when>[^*]+?) \*\/\nexport const (?<constant>\w+) = defineEvent\(\{\n {2}service: '(?<service>[a-z]+)',\n {2}aggregateType: '(?<aggregate>[a-z-]+)',\n {2}name: '(?<name>[a-z0-9-]+)',\n {2}version: (?<version>\d+),/;

/**
 * @typedef {object} Contract
 * @property {string} constant the name it is exported by
 * @property {string} service whose event it is
 * @property {string} aggregate
 * @property {string} name
 * @property {string} version
 * @property {string} when it is published, one sentence
 */

/**
 * What a contract's source says of itself.
 * @param {string} file for the error
 * @param {string} source
 * @returns {Contract}
 */
export function readContract(file, source) {
  const found = CONTRACT.exec(source);
  if (!found)
    throw new Error(`${file} does not begin with "/** Published when: ... */" and a plain defineEvent({ ... })`);
  return /** @type {Contract} */ ({ ...found.groups });
}

/**
 * The table, one section per service.
 * @param {Contract[]} contracts
 * @param {(service: string, contract: Contract) => boolean} publishes whether the service's published-events names it
 * @param {(contract: Contract) => string[]} readers services whose reactions or projections name it
 */
export function eventTable(contracts, publishes, readers) {
  return [...new Set(contracts.map(({ service }) => service))]
    .map((service) => [
      `### ${service}`,
      '',
      '| event | aggregate | published when | read by |',
      '| --- | --- | --- | --- |',
      ...contracts
        .filter((contract) => contract.service === service)
        .map((contract) => {
          const { aggregate, name, version, when } = contract;
          const link = `[\`${name}.v${version}\`](../libs/contracts/src/${service}/${name}.v${version}.ts)`;
          const sentence = publishes(service, contract) ? when : `${when} **Not published yet.**`;
          return `| ${link} | ${aggregate} | ${sentence} | ${readers(contract).join(', ') || '–'} |`;
        }),
    ])
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** @param {string} folder of a service that may not be there yet @returns {string[]} */
function sourcesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));
}

/** @param {string} text @param {string} constant */
const names = (text, constant) => new RegExp(`\\b${constant}\\b`).test(text);

/** docs/events.md as it should be. @returns {[file: string, text: string]} */
export function eventsDocument(root = repository) {
  const folder = join(root, 'libs/contracts/src');
  const services = Object.keys(JSON.parse(readFileSync(join(root, 'apps/gateway/subgraphs.json'), 'utf8')));
  const contracts = services.flatMap((service) =>
    sourcesUnder(join(folder, service))
      .filter((file) => /\.v\d+\.ts$/.test(file))
      .sort()
      .map((file) => readContract(file, readFileSync(file, 'utf8'))),
  );
  const sources = new Map(
    services.map((service) => {
      const src = join(root, 'apps', service, 'src');
      const read = sourcesUnder(src).map(
        (file) => /** @type {const} */ ([file.slice(src.length + 1), readFileSync(file, 'utf8')]),
      );
      return [service, read];
    }),
  );
  /** @param {string} service @param {RegExp} place @param {Contract} contract */
  const mentions = (service, place, { constant }) =>
    (sources.get(service) ?? []).some(([file, text]) => place.test(file) && names(text, constant));
  const table = eventTable(
    contracts,
    (service, contract) => mentions(service, /^published-events/, contract),
    (contract) => services.filter((service) => mentions(service, /^(reactions|projections)\//, contract)),
  );
  const file = join(root, 'docs/events.md');
  const [head = '', rest = ''] = readFileSync(file, 'utf8').split(MARKS[0] ?? '');
  const tail = rest.split(MARKS[1] ?? '')[1] ?? '';
  return [file, `${head}${MARKS[0]}\n\n${table}\n\n${MARKS[1]}${tail}`];
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const [file, text] = eventsDocument();
  const current = readFileSync(file, 'utf8') === text;
  if (current) console.log('docs/events.md is up to date');
  else if (!argv.includes('--check')) {
    writeFileSync(file, text);
    console.log('written: docs/events.md');
  } else {
    console.error('out of date: docs/events.md; run: node tools/docs-events.mjs');
    exit(1);
  }
}
