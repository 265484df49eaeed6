// Lints and renders the chart with the real Helm, and holds what comes out against the rules of `chart-rules.mjs`.
//   node tools/checks/chart.mjs            prints what is wrong and ends with 1
//   node tools/checks/chart.mjs --write    first brings the README's table of values up to date
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { keepReadme } from './chart-readme.mjs';
import { allowedTraffic, renderedFaults } from './chart-rules.mjs';
import { provideHelm } from './helm.mjs';

const CHART = fileURLToPath(new URL('../../charts/graphdesk', import.meta.url));
const SUBGRAPHS = ['catalog', 'incidents', 'sla', 'changes', 'problems', 'communications'];

/** Values that Helm must refuse, with the path that it must name. */
const REFUSED = [
  ['services.incidents.replicas=many', '/services/incidents/replicas'],
  ['services.incidnets.replicas=2', '/services'],
  ['image.tag=latest', '/image/tag'],
  ['services.gateway.resources.limits.memory=512', '/services/gateway/resources/limits/memory'],
  ['networkPolicy.postgres.hots=db', '/networkPolicy/postgres'],
  ['preStopSeconds=60', 'preStopSeconds'],
  ['mail.existingSecret=mail', '/mail/from'],
  ['mail.from=nobody', '/mail/from'],
  ['mail.from=a@host', '/mail/from'],
  ['mail.from=Desk <a@host>', '/mail/from'],
];

/** Runs Helm; answers with what it said and whether it was content. */
async function ask(helm, args) {
  const options = { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 };
  return promisify(execFile)(helm, args, options).then(
    ({ stdout }) => ({ content: true, said: stdout }),
    (error) => ({ content: false, said: `${error.stdout}${error.stderr}` }),
  );
}

const render = (helm, chart, args = []) => ask(helm, ['template', 'release', chart, '--namespace', 'itsm', ...args]);

const objectsIn = (text) =>
  parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(Boolean);

/** The objects that the chart renders with these arguments. */
export async function renderedObjects(helm, chart, args = []) {
  const { content, said } = await render(helm, chart, args);
  if (!content) throw new Error(said);
  return objectsIn(said);
}

async function profileFaults(helm, chart, args) {
  const lint = await ask(helm, ['lint', '--strict', chart, ...args]);
  if (!lint.content) return [lint.said.trim()];
  const [once, again] = [await render(helm, chart, args), await render(helm, chart, args)];
  if (!once.content) return [once.said.trim()];
  const objects = objectsIn(once.said);
  const strangers = allowedTraffic(objects).filter(
    (pair) => !pair.startsWith('gateway -> ') && !pair.endsWith(' -> gateway'),
  );
  return [
    ...renderedFaults(objects),
    ...strangers.map((pair) => `the network policies let ${pair}`),
    ...SUBGRAPHS.concat('gateway')
      .filter(
        (name) => !objects.some(({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith(`-${name}`)),
      )
      .map((name) => `there is no Deployment of ${name}`),
    ...(once.said === again.said ? [] : ['rendered twice, it is not the same']),
  ];
}

async function refusalFaults(helm, chart, [setting, path]) {
  const { content, said } = await render(helm, chart, ['--set', setting]);
  if (content) return [`${setting} is accepted`];
  return said.replaceAll('.', '/').includes(path.replace(/^\//, ''))
    ? []
    : [`${setting} is refused without its path: ${said}`];
}

/** Everything that is wrong with the chart, one line each. */
export async function chartFaults(helm, chart = CHART) {
  const files = readdirSync(join(chart, 'ci')).map((name) => [name, ['--values', join(chart, 'ci', name)]]);
  const profiles = [['default values', []], ...files];
  const found = [];
  for (const [name, args] of profiles) {
    found.push(...(await profileFaults(helm, chart, args)).map((fault) => `${name}: ${fault}`));
  }
  for (const refused of REFUSED) found.push(...(await refusalFaults(helm, chart, refused)));
  if (!keepReadme(chart, false))
    found.push('README.md: the table of values is old; run `node tools/checks/chart.mjs --write`');
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) keepReadme(CHART, true);
  const helm = await provideHelm();
  const faults = 'path' in helm ? await chartFaults(helm.path) : [];
  if ('missing' in helm) console.error(`The chart was not checked, ${helm.missing}`);
  for (const fault of faults) console.error(fault);
  // Where nobody reads the line above, a check that did not run must not look like one that passed.
  process.exitCode = faults.length > 0 || ('missing' in helm && process.env.CI) ? 1 : 0;
}
