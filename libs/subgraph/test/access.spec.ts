import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, startTestService, type TestService } from '@graphdesk/testing';
import { GraphQLObjectType, GraphQLSchema, GraphQLString, type GraphQLFieldConfigMap } from 'graphql';
import { enforceAccess, startSubgraph, type RunningSubgraph } from '../src/index.js';
import { notebook } from './notebook.js';

const admin = actorOf(['admin']);
const responder = actorOf(['responder']);
const nobody = actorOf([]);
const stranger = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000002' });

describe('access to fields', () => {
  let test: TestService<RunningSubgraph>;
  let id: string;
  beforeAll(async () => {
    test = await startTestService('notebook', (environment) => startSubgraph(notebook, environment));
    const { data } = await test.graphql(admin, 'mutation { writeNote(key: "k", text: "t") { note { id } } }');
    id = String(data?.['writeNote'].note.id);
  });
  afterAll(() => test.stop());

  const entity = (fields: string): [string, Record<string, unknown>] => [
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Note { ${fields} } } }`,
    { of: [{ __typename: 'Note', id }] },
  ];

  it('a denied field is null, with FORBIDDEN at its path, and the rest is there', async () => {
    expect(await test.graphql(responder, '{ note(id: "' + id + '") { text key } }')).toEqual({
      data: { note: { text: 't', key: null } },
      errors: [expect.objectContaining({ path: ['note', 'key'], extensions: { code: 'FORBIDDEN' } })],
    });
  });

  it('also through _entities, and under another name', async () => {
    expect(await test.graphql(responder, ...entity('text alias: key'))).toEqual({
      data: { _entities: [{ text: 't', alias: null }] },
      errors: [expect.objectContaining({ path: ['_entities', 0, 'alias'], extensions: { code: 'FORBIDDEN' } })],
    });
    expect(await test.graphql(admin, ...entity('key'))).toEqual({ data: { _entities: [{ key: 'k' }] } });
  });

  it('a denied mutation does nothing', async () => {
    const { data, errors } = await test.graphql(
      responder,
      'mutation { writeNote(key: "denied", text: "t") { note { id } } }',
    );
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await test.sql(`SELECT FROM notebook.note WHERE key = 'denied'`)).toEqual([]);
  });

  it('an actor without roles reads nothing, and a stranger finds nothing', async () => {
    const { data, errors } = await test.graphql(nobody, ...entity('text'));
    expect(data).toEqual({ _entities: [null] });
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(await test.graphql(stranger, ...entity('text'))).toEqual({ data: { _entities: [null] } });
  });
});

describe('a schema with a hole', () => {
  const text = { type: GraphQLString };
  const ruled = { type: GraphQLString, extensions: { access: ['admin'] } };
  const schemaOf = (types: Record<string, GraphQLFieldConfigMap<unknown, unknown>>): GraphQLSchema =>
    new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: { ok: ruled } }),
      types: Object.entries(types).map(([name, fields]) => new GraphQLObjectType({ name, fields })),
    });

  it.each([
    ['a field', { Note: { text, key: ruled } }, 'Note.text'],
    ['every such field', { Note: { text }, Page: { number: text } }, 'Note.text, Page.number'],
    ['a field of a type that looks like one of federation', { _Note: { text } }, '_Note.text'],
    ['a field that is called like one of federation', { Note: { _service: text } }, 'Note._service'],
  ])('is refused and names %s', (_case, types, names) => {
    expect(() => enforceAccess(schemaOf(types))).toThrow(`fields without @Access: ${names}`);
  });

  it('is none when every field has a rule', () => {
    expect(() => enforceAccess(schemaOf({ Note: { text: ruled } }))).not.toThrow();
  });
});
