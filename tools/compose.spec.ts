import { describe, expect, it } from '@jest/globals';
import { composeSubgraphs, readSubgraphs } from './compose.mjs';

const federation = '@link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@shareable"])';
const subgraph = (name: string, sdl: string) => ({
  name,
  url: `http://${name}.invalid`,
  sdl: `extend schema ${federation} ${sdl}`,
});
const incidents = subgraph(
  'incidents',
  'type Query { incident: Incident } type Incident @key(fields: "id") { id: ID! title: String! }',
);

describe('composition', () => {
  it('gives the supergraph and the schema that clients see', () => {
    const sla = subgraph('sla', 'type Incident @key(fields: "id") { id: ID! clocks: [String!]! }');
    const { supergraph, apiSchema } = composeSubgraphs([incidents, sla]);
    expect(supergraph).toContain('join__Graph');
    expect(apiSchema).toContain('type Incident {\n  clocks: [String!]!\n  id: ID!\n  title: String!\n}');
    expect(apiSchema).not.toContain('join__');
  });

  it('lists what does not compose', () => {
    const twice = subgraph('sla', 'type Incident @key(fields: "id") { id: ID! title: String! }');
    expect(() => composeSubgraphs([incidents, twice])).toThrow(/INVALID_FIELD_SHARING: .*Incident.title/);
  });

  it.each([
    [
      'a field of an input that clients would lose',
      'INCONSISTENT_INPUT_OBJECT_FIELD',
      [
        'type Query { a(by: By): Int } input By { id: ID }',
        'type Query { b(by: By): Int } input By { id: ID note: String }',
      ],
    ],
    [
      'a shared type that is not the same everywhere',
      'INCONSISTENT_OBJECT_VALUE_TYPE_FIELD',
      [
        'type Query { a: Page @shareable } type Page @shareable { next: String }',
        'type Query { a: Page @shareable } type Page @shareable { next: String total: Int }',
      ],
    ],
    [
      'an argument that clients would lose',
      'INCONSISTENT_ARGUMENT_PRESENCE',
      ['type Query { a(x: Int, y: Int): Int @shareable }', 'type Query { a(x: Int): Int @shareable }'],
    ],
    [
      'a value of an enum that is not the same everywhere',
      'INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM',
      ['type Query { a: E } enum E { X Y }', 'type Query { b: E } enum E { X }'],
    ],
  ])('fails for %s', (_case, code, [one, two]) => {
    expect(() => composeSubgraphs([subgraph('one', one ?? ''), subgraph('two', two ?? '')])).toThrow(code);
  });

  it('includes the events graph', () => {
    const names = readSubgraphs({ ci: false, log: () => undefined }).map(({ name }) => name);
    expect(names.at(-1)).toBe('events');
  });
});
