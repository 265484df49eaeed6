// Composes the services' committed schemas and the events graph into the supergraph and the client-facing schema.
//   node tools/compose.mjs           writes apps/gateway/supergraph.graphql and apps/gateway/api-schema.graphql
//   node tools/compose.mjs --check   fails when the committed files differ from what composition gives now
import { composeServices } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { argv, env, exit } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const gateway = join(root, 'apps/gateway');

/** Hints that mean that clients lose something a subgraph declares, or that a shared type is not the same everywhere. */
const FATAL_HINTS = new Set([
  'INCONSISTENT_ARGUMENT_PRESENCE',
  'INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE',
  'INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE',
  'INCONSISTENT_DEFAULT_VALUE_PRESENCE',
  'INCONSISTENT_ENTITY',
  'INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM',
  'INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM',
  'INCONSISTENT_INPUT_OBJECT_FIELD',
  'INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD',
  'INCONSISTENT_OBJECT_VALUE_TYPE_FIELD',
  'INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN',
  'INCONSISTENT_UNION_MEMBER',
]);

/**
 * Composes subgraphs given as `{ name, url, sdl }`.
 * @returns `{ supergraph, apiSchema }`, texts of the two schemas
 * @throws an error whose message lists every composition error and every fatal hint, one per line
 */
export function composeSubgraphs(subgraphs) {
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors) throw failure(result.errors.map((error) => `${error.extensions.code}: ${error.message}`));
  const lost = result.hints.filter((hint) => FATAL_HINTS.has(hint.definition.code));
  if (lost.length > 0) throw failure(lost.map((hint) => `${hint.definition.code}: ${hint.message}`));
  const apiSchema = result.schema.toAPISchema().toGraphQLJSSchema();
  return {
    supergraph: `${result.supergraphSdl.trimEnd()}\n`,
    apiSchema: `${printSchema(lexicographicSortSchema(apiSchema))}\n`,
  };
}

function failure(problems) {
  return new Error(`The subgraphs do not compose:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
}

/**
 * Reads what `apps/gateway/subgraphs.json` names, and the events graph. Services without a schema.graphql are left out with
 * a printed line; in CI (environment variable CI) that is an error.
 */
export function readSubgraphs({ ci = Boolean(env.CI), log = console.log } = {}) {
  const declared = Object.entries(JSON.parse(readFileSync(join(gateway, 'subgraphs.json'), 'utf8')));
  const withSchema = declared.filter(([name]) => {
    const there = existsSync(join(root, 'apps', name, 'schema.graphql'));
    if (!there && ci) throw new Error(`apps/${name}/schema.graphql is missing`);
    if (!there) log(`left out: apps/${name}/schema.graphql is not there yet`);
    return there;
  });
  return [
    ...withSchema.map(([name, { port }]) => ({
      name,
      url: `http://127.0.0.1:${port}/graphql`,
      sdl: readFileSync(join(root, 'apps', name, 'schema.graphql'), 'utf8'),
    })),
    // The gateway itself answers this one from the event stream; the address is never used.
    { name: 'events', url: 'events:', sdl: readFileSync(join(gateway, 'src/streams/events.graphql'), 'utf8') },
  ];
}

/** The generated files and what they should hold. */
export function generatedSchemas(options) {
  const { supergraph, apiSchema } = composeSubgraphs(readSubgraphs(options));
  return new Map([
    [join(gateway, 'supergraph.graphql'), supergraph],
    [join(gateway, 'api-schema.graphql'), apiSchema],
  ]);
}

/** Writes the two files; returns those that changed. */
export function writeSchemas(options) {
  const changed = staleSchemas(options);
  for (const [file, text] of changed) writeFileSync(file, text);
  return [...changed.keys()];
}

/** The generated files whose committed text is not what composition gives now. */
export function staleSchemas(options) {
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
  return new Map([...generatedSchemas(options)].filter(([file, text]) => read(file) !== text));
}

function main() {
  const names = (files) => files.map((file) => relative(root, file)).join(', ');
  if (!argv.includes('--check')) {
    const written = writeSchemas();
    console.log(written.length > 0 ? `written: ${names(written)}` : 'the supergraph is up to date');
    return 0;
  }
  const stale = [...staleSchemas().keys()];
  if (stale.length > 0) console.error(`out of date: ${names(stale)}; run: node tools/compose.mjs`);
  return stale.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  try {
    exit(main());
  } catch (error) {
    console.error(error.message);
    exit(1);
  }
}
