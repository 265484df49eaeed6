// What two subgraphs both declare must be one thing: an entity, or a type of libs/subgraph, the same everywhere.
import { describe, expect, it } from '@jest/globals';
import { isTypeDefinitionNode, parse, print, visit, type TypeDefinitionNode } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSubgraphs } from './compose.mjs';
import { repository } from './environment/places.mjs';

interface Subgraph {
  readonly name: string;
  readonly sdl: string;
}

/** The GraphQL names that a source file declares: given to a decorator, or else the class's own. */
function typesIn(source: string): string[] {
  const classes = source.matchAll(
    /@(?:ObjectType|InterfaceType|InputType|Scalar)\((?!`)(?:'(\w+)')?[^]*?\bclass (\w+)/g,
  );
  const enums = source.matchAll(/\benumOf\('(\w+)'/g);
  return [...[...classes].map(([, given, own]) => given ?? own ?? ''), ...[...enums].map(([, name]) => name ?? '')];
}

const library = join(repository, 'libs/subgraph/src');
const shared = readdirSync(library)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .flatMap((file) => typesIn(readFileSync(join(library, file), 'utf8')));

/** Every declaration of a type, by its name. Roots and entities belong to several subgraphs by nature. */
function declarations(subgraphs: readonly Subgraph[]): Map<string, { by: string; type: TypeDefinitionNode }[]> {
  const found = new Map<string, { by: string; type: TypeDefinitionNode }[]>();
  for (const { name: by, sdl } of subgraphs) {
    for (const type of parse(sdl).definitions.filter(isTypeDefinitionNode)) {
      if (['Query', 'Mutation', 'Subscription'].includes(type.name.value)) continue;
      if (type.directives?.some(({ name }) => name.value === 'key')) continue;
      found.set(type.name.value, [...(found.get(type.name.value) ?? []), { by, type }]);
    }
  }
  return found;
}

/** The declaration as text; whether a description stands in one quote or three says nothing. */
const textOf = (type: TypeDefinitionNode): string =>
  print(visit(type, { StringValue: (node) => ({ ...node, block: false }) }));

/** What is declared more than once though it is nobody's to share, or shared and not the same everywhere; one line each. */
function faults(subgraphs: readonly Subgraph[]): string[] {
  return [...declarations(subgraphs)].flatMap(([name, all]) => {
    const who = all.map(({ by }) => by).join(', ');
    if (all.length > 1 && !shared.includes(name)) return [`${name} is declared by ${who}`];
    return new Set(all.map(({ type }) => textOf(type))).size > 1 ? [`${name} is not the same in ${who}`] : [];
  });
}

describe('types that subgraphs share', () => {
  it('are those of libs/subgraph', () => {
    expect(shared).toEqual(expect.arrayContaining(['DateTime', 'MutationError', 'PageInfo', 'Priority', 'Refusal']));
    expect(faults(readSubgraphs({ ci: true }))).toEqual([]);
  });

  it.each([
    ['type Page { next: String }', 'type Page { next: String }', ['Page is declared by one, two']],
    ['enum Level { HIGH }', 'enum Level { HIGH }', ['Level is declared by one, two']],
    ['enum Priority { P1 P2 }', 'enum Priority { P1 }', ['Priority is not the same in one, two']],
    ['"A" enum Priority { P1 }', '"B" enum Priority { P1 }', ['Priority is not the same in one, two']],
    ['enum Priority { P1 }', 'enum Priority { P1 }', []],
    ['type Incident @key(fields: "id") { id: ID! }', 'type Incident @key(fields: "id") { id: ID! a: Int }', []],
  ])('would be noticed: %j and %j', (one, two, expected) => {
    const subgraphs = [
      { name: 'one', sdl: one },
      { name: 'two', sdl: two },
    ];
    expect(faults(subgraphs)).toEqual(expected);
  });
});
