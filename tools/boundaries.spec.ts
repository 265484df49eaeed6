// Plants one violation per rule in a small workspace of its own and lints it with the real configuration: a rule that
// never fires is worse than none. Beside each stands what must stay silent.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { layerRules } from './boundaries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Finding {
  readonly ruleId: string | null;
  readonly message: string;
}

const importing = (what: string): string => `import { thing } from '${what}';\nexport const it = thing;\n`;
const importingType = (what: string): string => `import type { Thing } from '${what}';\nexport type It = Thing;\n`;

const IMPORTS = '@typescript-eslint/no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';
const PROJECTS = '@nx/enforce-module-boundaries';
const src = 'apps/incidents/src';

/** [file, content, rule that must fire] */
const VIOLATIONS: readonly (readonly [string, string, string])[] = [
  [`${src}/domain/knows-nest.ts`, importing('@nestjs/common'), IMPORTS],
  [`${src}/domain/knows-events.ts`, importing('@graphdesk/contracts'), IMPORTS],
  [`${src}/domain/knows-persistence.ts`, importing('../persistence/incident.reader.js'), IMPORTS],
  [`${src}/domain/knows-a-record-type.ts`, importingType('../persistence/incident.record.js'), IMPORTS],
  [`${src}/domain/looks-at-the-clock.ts`, 'export const at = (): Date => new Date();\n', SYNTAX],
  [`${src}/domain/looks-at-the-clock-again.ts`, 'export const at = (): number => Date.now();\n', SYNTAX],
  [`${src}/domain/rolls-dice.ts`, 'export const luck = (): number => Math.random();\n', SYNTAX],
  [`${src}/domain/makes-ids.ts`, 'export const id = (): string => crypto.randomUUID();\n', SYNTAX],
  [`${src}/domain/reads-settings.ts`, 'export const mode = (): string | undefined => process.env.MODE;\n', SYNTAX],
  [`${src}/domain/waits.ts`, 'export const wait = async (p: Promise<number>): Promise<number> => p;\n', SYNTAX],
  [`${src}/use-cases/knows-graphql.ts`, importing('../graphql/incident.type.js'), IMPORTS],
  [`${src}/use-cases/knows-reactions.ts`, importing('../reactions/note-it.js'), IMPORTS],
  [
    `${src}/use-cases/knows-events.ts`,
    `import { defineEvent } from '@graphdesk/contracts';\nexport const it = defineEvent;\n`,
    IMPORTS,
  ],
  [`${src}/use-cases/knows-typeorm.ts`, importing('typeorm'), IMPORTS],
  [`${src}/use-cases/knows-the-database.ts`, importing('@graphdesk/database'), IMPORTS],
  [`${src}/use-cases/knows-http.ts`, importing('fastify'), IMPORTS],
  [`${src}/use-cases/makes-records.ts`, importing('../persistence/incident.record.js'), IMPORTS],
  [`${src}/use-cases/moves-a-projection.ts`, importing('../projections/services/services.projector.js'), IMPORTS],
  [
    `${src}/use-cases/saves.ts`,
    'export const keep = (incidents: { save(row: number): void }): void => incidents.save(1);\n',
    SYNTAX,
  ],
  [
    `${src}/use-cases/updates.ts`,
    'export const keep = (repository: { update(row: number): void }): void => repository.update(1);\n',
    SYNTAX,
  ],
  [`${src}/reactions/knows-persistence.ts`, importing('../persistence/incident.reader.js'), IMPORTS],
  [`${src}/timers/knows-persistence.ts`, importing('../persistence/incident.reader.js'), IMPORTS],
  [`${src}/channels/knows-persistence.ts`, importing('../persistence/incident.reader.js'), IMPORTS],
  [`${src}/use-cases/knows-timers.ts`, importing('../timers/incidents-come-due.js'), IMPORTS],
  [`${src}/reactions/knows-graphql.ts`, importing('../graphql/incident.type.js'), IMPORTS],
  [`${src}/graphql/knows-the-repository.ts`, importing('../persistence/incidents.repository.js'), IMPORTS],
  [`${src}/graphql/makes-records.ts`, importing('../persistence/incident.record.js'), IMPORTS],
  [`${src}/graphql/knows-reactions.ts`, importing('../reactions/note-it.js'), IMPORTS],
  [`${src}/graphql/knows-events.ts`, importing('@graphdesk/contracts'), IMPORTS],
  [`${src}/hooks/knows-the-repository.ts`, importing('../persistence/incidents.repository.js'), IMPORTS],
  [`${src}/projections/knows-use-cases.ts`, importing('../use-cases/report-incident.js'), IMPORTS],
  [`${src}/persistence/knows-graphql.ts`, importing('../graphql/incident.type.js'), IMPORTS],
  [`${src}/published-events.ts`, importing('./use-cases/report-incident.js'), IMPORTS],
  [`${src}/uses-testing.ts`, importing('@graphdesk/testing'), IMPORTS],
  [`${src}/knows-another-app.ts`, importing('@graphdesk/changes'), IMPORTS],
  [`${src}/reaches-into-a-library.ts`, importing('@graphdesk/contracts/src/index.js'), IMPORTS],
  [`${src}/exports-default.ts`, 'export default 1;\n', SYNTAX],
  [`${src}/domain/sleeps.spec.ts`, 'export const nap = new Promise((done) => setTimeout(done, 5));\n', SYNTAX],
  ['apps/incidents/test/knows-another-app.spec.ts', importing('../../changes/src/domain/change.js'), PROJECTS],
  ['apps/gateway/src/knows-a-subgraph.ts', importing('@graphdesk/subgraph'), PROJECTS],
  ['apps/stories/test/knows-a-subgraph.spec.ts', importing('@graphdesk/subgraph'), PROJECTS],
  ['libs/planted-contracts/src/knows-decisions.ts', importing('@graphdesk/decisions'), PROJECTS],
  ['libs/planted-decisions/src/knows-contracts.ts', importing('@graphdesk/contracts'), PROJECTS],
  ['libs/planted-database/src/knows-contracts.ts', importing('@graphdesk/contracts'), PROJECTS],
  ['libs/planted-timers/src/knows-contracts.ts', importing('@graphdesk/contracts'), PROJECTS],
  ['libs/planted-identity/src/knows-messaging.ts', importing('@graphdesk/messaging'), PROJECTS],
  ['libs/planted-messaging/src/knows-subgraph.ts', importing('@graphdesk/subgraph'), PROJECTS],
  ['libs/planted-subgraph/src/uses-testing.ts', importing('@graphdesk/testing'), IMPORTS],
  [
    'libs/messaging/src/untyped-export.ts',
    'export const twice = (n: number) => n * 2;\n',
    '@typescript-eslint/explicit-module-boundary-types',
  ],
  [`${src}/anything.ts`, 'export const it: any = 1;\n', '@typescript-eslint/no-explicit-any'],
  [
    `${src}/floats.ts`,
    'export const go = (p: Promise<void>): void => {\n  p;\n};\n',
    '@typescript-eslint/no-floating-promises',
  ],
  [
    `${src}/forgets-a-case.ts`,
    "export function name(it: 'a' | 'b'): number {\n  switch (it) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [
    `${src}/cycle-one.ts`,
    "import { two } from './cycle-two.js';\nexport const one = (): number => two();\n",
    'import-x/no-cycle',
  ],
  [
    `${src}/cycle-two.ts`,
    "import { one } from './cycle-one.js';\nexport const two = (): number => one();\n",
    'import-x/no-cycle',
  ],
  [`${src}/helpers/one.ts`, 'export const one = 1;\n', 'graphdesk/file-names'],
  [`${src}/base-repository.ts`, 'export const one = 1;\n', 'graphdesk/file-names'],
  [`${src}/date-utils.ts`, 'export const one = 1;\n', 'graphdesk/file-names'],
  [`${src}/incidentLifecycle.ts`, 'export const one = 1;\n', 'graphdesk/file-names'],
];

/** What the rules are not about: [file, content] */
const ALLOWED: readonly (readonly [string, string])[] = [
  [`${src}/domain/incident.ts`, importing('./severity.js')],
  [`${src}/domain/knows-decisions.ts`, importing('@graphdesk/decisions')],
  [`${src}/domain/reads-a-date.ts`, 'export const at = (text: string): Date => new Date(text);\n'],
  [`${src}/domain/incident.spec.ts`, `${importing('@graphdesk/testing')}export const at = new Date();\n`],
  [`${src}/use-cases/report-incident.ts`, importing('../persistence/incidents.repository.js')],
  [`${src}/use-cases/types-a-record.ts`, importingType('../persistence/incident.record.js')],
  [`${src}/use-cases/asks-a-reader.ts`, importing('../projections/services/services.reader.js')],
  [`${src}/use-cases/makes-ids.ts`, "import { newId } from '@graphdesk/contracts';\nexport const it = newId;\n"],
  [
    `${src}/use-cases/opens-a-transaction.ts`,
    "import { TenantDatabase } from '@graphdesk/database';\nexport const it = TenantDatabase;\n",
  ],
  [`${src}/use-cases/forgets.ts`, 'export const forget = (seen: Map<string, number>): boolean => seen.delete("a");\n'],
  [`${src}/reactions/note-it.ts`, importing('../use-cases/close-incident.js')],
  [`${src}/reactions/knows-events.ts`, importing('@graphdesk/contracts')],
  [`${src}/graphql/incident.resolver.ts`, importing('../use-cases/close-incident.js')],
  [`${src}/graphql/asks-a-reader.ts`, importing('../persistence/incident.reader.js')],
  [`${src}/graphql/incident.type.ts`, importing('../domain/severity.js')],
  [`${src}/projections/services/services.projector.ts`, importing('@graphdesk/contracts')],
  [`${src}/persistence/data-source.ts`, importing('../projections/services/service.record.js')],
  [`${src}/persistence/knows-events.ts`, importing('@graphdesk/contracts')],
  [
    `${src}/persistence/incidents.repository.ts`,
    'export const thing = (rows: { save(row: number): void }): void => rows.save(1);\n',
  ],
  [`${src}/knowledge-base.ts`, 'export const one = 1;\n'],
  ['apps/incidents/test/uses-testing.spec.ts', importing('@graphdesk/testing')],
  ['apps/gateway/src/knows-messaging.ts', importing('@graphdesk/messaging')],
  ['apps/stories/test/uses-testing.spec.ts', importing('@graphdesk/testing')],
  ['libs/subgraph/src/knows-messaging.ts', importing('@graphdesk/messaging')],
  ['libs/testing/src/knows-identity.ts', importing('@graphdesk/identity')],
];

/** What the planted files import, so that each finding is about the rule and not about a missing file. */
const IMPORTED = [
  `${src}/domain/severity.ts`,
  `${src}/use-cases/close-incident.ts`,
  `${src}/persistence/incident.record.ts`,
  `${src}/persistence/incident.reader.ts`,
  `${src}/projections/services/service.record.ts`,
  `${src}/projections/services/services.reader.ts`,
  'apps/changes/src/domain/change.ts',
];
const THING = 'export const thing = 1;\nexport type Thing = number;\n';
const LIBRARY = `${THING}export const newId = 1;\nexport const defineEvent = 1;\nexport const TenantDatabase = 1;\n`;

let workspace: string;
let findings: Map<string, readonly Finding[]>;

function plant(): void {
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), content);
  };
  const copy = (path: string): void => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    cpSync(join(root, path), join(workspace, path));
  };
  const link = (target: string, path: string): void => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    symlinkSync(target, join(workspace, path));
  };
  for (const path of ['package.json', 'nx.json', 'tsconfig.base.json']) copy(path);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@graphdesk' && name !== '.bin') link(join(root, 'node_modules', name), join('node_modules', name));
  }
  for (const project of ['apps', 'libs'].flatMap((kind) =>
    readdirSync(join(root, kind)).map((name) => join(kind, name)),
  )) {
    copy(join(project, 'package.json'));
    copy(join(project, 'tsconfig.json'));
    link(join(workspace, project), join('node_modules/@graphdesk', basename(project)));
    if (project.startsWith('libs')) write(join(project, 'src/index.ts'), LIBRARY);
  }
  // Libraries that nobody uses: a forbidden dependency of theirs makes no cycle that could be reported in its place.
  for (const kind of ['contracts', 'database', 'decisions', 'identity', 'messaging', 'subgraph', 'timers']) {
    const name = `planted-${kind}`;
    const manifest = { name: `@graphdesk/${name}`, type: 'module', nx: { tags: [`type:${kind}`] } };
    write(`libs/${name}/package.json`, JSON.stringify(manifest));
    write(`libs/${name}/tsconfig.json`, readFileSync(join(root, `libs/${kind}/tsconfig.json`), 'utf8'));
  }
  for (const path of IMPORTED) write(path, THING);
  for (const [path, content] of [...VIOLATIONS, ...ALLOWED]) write(path, content);
}

async function lint(): Promise<Map<string, readonly Finding[]>> {
  const eslint = join(root, 'node_modules/eslint/bin/eslint.js');
  const args = [eslint, '--config', join(root, 'eslint.config.mjs'), '--format', 'json', '.'];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_WORKSPACE_ROOT_PATH: workspace,
    NODE_OPTIONS: '',
  };
  delete env.NX_TASK_TARGET_PROJECT;
  const run = promisify(execFile)(process.execPath, args, { cwd: workspace, env, maxBuffer: 64 * 1024 * 1024 });
  // ESLint ends with 1 when it found something, which here it must; anything else is its own failure.
  const stdout = await run.then(
    () => Promise.reject(new Error('ESLint found nothing in a workspace full of violations')),
    (error: { code?: number; stdout: string; stderr: string }) =>
      error.code === 1 ? error.stdout : Promise.reject(new Error(error.stderr || error.stdout)),
  );
  const files = JSON.parse(stdout.slice(stdout.indexOf('['))) as { filePath: string; messages: Finding[] }[];
  return new Map(files.map((file) => [relative(workspace, file.filePath), file.messages]));
}

beforeAll(async () => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'graphdesk-boundaries-')));
  plant();
  findings = await lint();
}, 120_000);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe('boundaries', () => {
  it.each(VIOLATIONS)('%s is refused', (path, _content, rule) => {
    const fired = findings.get(path)?.filter((finding) => !finding.message.startsWith('Circular dependency'));
    expect(fired?.map((finding) => finding.ruleId)).toContain(rule);
  });

  it('has a planted violation for every restriction', () => {
    const said = [...findings.values()].flat().map((finding) => finding.message);
    const silent = layerRules
      .flatMap(({ rules }) => Object.values(rules))
      .flatMap(([, ...options]) => options.flatMap((option) => ('patterns' in option ? option.patterns : [option])))
      .filter(({ message }) => !said.some((text) => text.includes(message)));
    expect(silent).toEqual([]);
  });

  it.each(ALLOWED)('%s is allowed', (path) => {
    expect(findings.get(path)).toEqual([]);
  });
});
