// Who may import whom, and what a layer may do, as data. Written as globs, so a service is covered on the day it is
// born; `boundaries.spec.ts` plants one violation per rule and fails when a rule stays silent.

import { readdirSync } from 'node:fs';

const APPS = readdirSync(new URL('../apps', import.meta.url));

/** Which kinds of project each kind may depend on, by Nx tag. A project needs the consent of each of its tags. */
const PROJECTS = {
  'type:app': ['contracts', 'database', 'decisions', 'identity', 'messaging', 'subgraph', 'timers'],
  'scope:gateway': ['contracts', 'identity', 'messaging'],
  'type:stories': ['contracts', 'identity', 'testing'],
  'type:contracts': [],
  'type:decisions': [],
  'type:database': [],
  'type:identity': ['contracts'],
  'type:messaging': ['contracts', 'database'],
  'type:timers': ['database', 'decisions', 'messaging'],
  'type:subgraph': ['contracts', 'database', 'decisions', 'identity', 'messaging', 'timers'],
  'type:testing': ['contracts', 'identity'],
};

/** Specs and what serves only them: they may use `@graphdesk/testing` and are free of the layer rules. */
export const TEST_FILES = ['**/*.spec.ts', '{apps,libs}/*/test/**/*.ts'];

const SERVICE = 'apps/!(gateway|stories)/src';

// --- restrictions on imports -------------------------------------------------------------------------------------

const oursOnlyByName = {
  regex: `^@graphdesk/((${APPS.join('|')})$|.*/)|(^|/)(apps|libs)/`,
  message: 'Import libraries by their package name, and never another app: services meet in the schema and in events.',
};
const noTesting = {
  regex: '^@graphdesk/testing$',
  message: 'The testing library is for specs, test folders and stories.',
};
const noFolders = (folders, message) => ({ regex: `/(${folders.join('|')})/`, message });
const noDatabase = {
  regex: '^(typeorm|pg|@graphdesk/database)$',
  message: 'The database is spoken to in persistence and projections only.',
};
const transactionsOnly = {
  regex: '^@graphdesk/database$',
  allowImportNames: ['TenantDatabase'],
  message: 'A use case may put what it reads and what it changes into one transaction, and no more of the database.',
};
const noTransport = {
  regex: '^(graphql|fastify|@nestjs/(graphql|apollo)|@apollo/.*|@nats-io/.*)$',
  message: 'A use case knows neither GraphQL, HTTP nor NATS: it is called from all three.',
};
const recordsAsTypes = {
  regex: '\\.record\\.js$',
  allowTypeImports: true,
  message: 'A record is a type outside persistence and projections: rows are written through the repository.',
};
const readersOnly = {
  regex: '/(persistence|projections)/(?!.*\\.(reader|record)\\.js$)',
  message: 'Ask a reader, or call a use case.',
};
const idsOnly = {
  regex: '^@graphdesk/contracts$',
  allowImportNames: ['ID_PREFIXES', 'isId', 'newId'],
  allowTypeImports: true,
  message: 'Events are known to published-events, persistence, reactions and projections; here only ids and types are.',
};
const projectorsWriteAlone = { regex: '\\.projector\\.js$', message: 'Only events move a projection.' };

// --- restrictions on syntax --------------------------------------------------------------------------------------

const forbid = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

// `update`, `delete` and `query` are words of maps and hashes too: only what is called on TypeORM's objects is meant.
const database = '/(manager|repository|runner)$/i';
const noWrites = forbid(
  'Rows are written in persistence and projections only.',
  'CallExpression[callee.property.name=/^(save|insert|upsert|softDelete|softRemove)$/]',
  `CallExpression[callee.property.name=/^(update|delete|remove|query)$/]:matches([callee.object.name=${database}], [callee.object.property.name=${database}])`,
);
const pure = [
  ...forbid(
    'The domain is told the time: take `now` as an argument.',
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'MemberExpression[object.name="Date"][property.name="now"]',
    'MemberExpression[object.name="performance"]',
  ),
  ...forbid(
    'A decision has no dice: pass ids and chances in.',
    'MemberExpression[object.name="Math"][property.name="random"]',
    'MemberExpression[object.name="crypto"]',
  ),
  ...forbid('The domain reads no settings: pass them in.', 'MemberExpression[object.name="process"]'),
  ...forbid('A decision is synchronous: load what it needs before.', ':function[async=true]'),
];
const noDefaultExport = forbid('Name what you export.', 'ExportDefaultDeclaration');
const noSleep = forbid(
  'Never sleep in a test: wait for the condition with `eventually`, or move the clock.',
  'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
  'ImportDeclaration[source.value=/^(node:)?timers.promises$/]',
);

/** What holds in a place of a service's `src`, on top of what holds everywhere. */
const LAYERS = [
  {
    place: 'domain/**',
    imports: [
      {
        regex: '^(?!\\./|@graphdesk/decisions$)',
        message: 'Domain imports its siblings and @graphdesk/decisions, nothing else.',
      },
    ],
    syntax: [...pure, ...noWrites],
  },
  {
    place: 'use-cases/**',
    imports: [
      noFolders(['graphql', 'reactions', 'timers', 'hooks'], 'A use case does not know who calls it.'),
      { ...noDatabase, regex: '^(typeorm|pg)$' },
      transactionsOnly,
      noTransport,
      recordsAsTypes,
      projectorsWriteAlone,
      idsOnly,
    ],
    syntax: noWrites,
  },
  {
    place: '{reactions,timers}/**',
    imports: [
      noFolders(['graphql', 'persistence', 'projections', 'hooks'], 'A reaction, or a timer, only calls a use case.'),
      noDatabase,
    ],
    syntax: noWrites,
  },
  {
    place: 'channels/**',
    imports: [
      noFolders(
        ['graphql', 'use-cases', 'reactions', 'timers', 'projections', 'persistence', 'hooks'],
        'A channel takes a message and says what became of it.',
      ),
      noDatabase,
    ],
    syntax: noWrites,
  },
  {
    place: '{graphql,hooks}/**',
    imports: [
      noFolders(['reactions', 'timers'], 'GraphQL and webhooks call use cases and readers.'),
      noDatabase,
      recordsAsTypes,
      readersOnly,
      idsOnly,
    ],
    syntax: noWrites,
  },
  {
    place: 'projections/**',
    imports: [
      noFolders(
        ['graphql', 'use-cases', 'reactions', 'timers', 'persistence', 'hooks'],
        'A projection only copies what another service said.',
      ),
    ],
  },
  {
    place: 'persistence/**',
    imports: [
      noFolders(
        ['graphql', 'use-cases', 'reactions', 'timers', 'hooks'],
        'Persistence knows the domain and published-events.',
      ),
      projectorsWriteAlone,
    ],
  },
  {
    place: 'published-events',
    imports: [
      noFolders(
        ['graphql', 'use-cases', 'reactions', 'timers', 'projections', 'persistence', 'hooks'],
        'published-events knows the domain and contracts alone.',
      ),
      noDatabase,
    ],
    syntax: noWrites,
  },
];

const block = (files, imports, syntax = []) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: imports }],
    'no-restricted-syntax': ['error', ...noDefaultExport, ...syntax],
  },
});

/**
 * ESLint flat config entries that hold the layer rules; the plugin `@typescript-eslint` must be registered. A later
 * entry replaces an earlier one where both match a file, so each is complete in itself.
 */
export const layerRules = [
  block(['{apps,libs}/**/*.ts'], [oursOnlyByName, noTesting]),
  ...LAYERS.map(({ place, imports, syntax }) =>
    block(
      [`${SERVICE}/${place}${place.endsWith('*') ? '/*' : ''}.ts`],
      [oursOnlyByName, noTesting, ...imports],
      syntax,
    ),
  ),
  block(TEST_FILES, [oursOnlyByName], noSleep),
  block(['apps/stories/**/*.ts'], [oursOnlyByName], noSleep),
  // A proving run spreads its load and its kills over time; what it waits for it waits for by condition.
  block(['apps/stories/src/proving/!(*.spec).ts'], [oursOnlyByName]),
  block(['libs/testing/**/*.ts'], [oursOnlyByName]),
];

const constraints = (alsoTesting) =>
  Object.entries(PROJECTS).map(([sourceTag, targets]) => ({
    sourceTag,
    onlyDependOnLibsWithTags: [...targets, ...(alsoTesting ? ['testing'] : [])].map((name) => `type:${name}`),
  }));

/** `@nx/enforce-module-boundaries`: for production code, for test files, and for the testing library. */
export const projectRules = [
  { files: ['{apps,libs}/**/*.ts'], options: { depConstraints: constraints(false) } },
  { files: TEST_FILES, options: { depConstraints: constraints(true) } },
  {
    // The testing library and the launcher start the same servers with the same code.
    files: ['libs/testing/**/*.ts'],
    options: { depConstraints: constraints(true), allow: ['^(\\.\\./)+tools/environment/[a-z-]+\\.mjs$'] },
  },
].map(({ files, options }) => ({ files, rules: { '@nx/enforce-module-boundaries': ['error', options] } }));

// --- names -------------------------------------------------------------------------------------------------------

const VAGUE = 'common|utils?|helpers?|misc|base|managers?';
const vagueName = new RegExp(`^(${VAGUE})$|^base-|-(utils?|helpers?|misc)$`);
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** ESLint rule: files and folders are in kebab-case and named after what they hold. */
export const fileNames = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      vague: '"{{ name }}" says nothing: name the file or folder after what it holds.',
      kebab: '"{{ name }}" is not in kebab-case.',
    },
  },
  create(context) {
    const path = context.filename.slice(context.cwd.length + 1).split(/[\\/]/);
    return {
      Program(node) {
        for (const name of path) {
          if (vagueName.test(name.split('.')[0])) context.report({ node, messageId: 'vague', data: { name } });
          else if (!kebabCase.test(name)) context.report({ node, messageId: 'kebab', data: { name } });
        }
      },
    };
  },
};
