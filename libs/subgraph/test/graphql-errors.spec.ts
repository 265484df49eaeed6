import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf, startTestService, type TestService } from '@graphdesk/testing';
import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { errorMapper } from '../src/graphql-errors.js';
import { startSubgraph, type RunningSubgraph } from '../src/index.js';
import { notebook } from './notebook.js';

const admin = actorOf(['admin']);

describe('errors at the wire', () => {
  let test: TestService<RunningSubgraph>;
  beforeAll(async () => {
    test = await startTestService('notebook', (environment) => startSubgraph(notebook, environment));
  });
  afterAll(() => test.stop());

  it('a surprise is masked whole, and can be found in the logs by its correlation id', async () => {
    const answer = await test.graphql(admin, '{ broken }');
    expect(answer).toEqual({
      data: { broken: null },
      errors: [
        {
          message: 'something went wrong on our side',
          path: ['broken'],
          locations: [{ line: 1, column: 3 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
        },
      ],
    });
  });

  it.each([
    [
      'a connection that the server refused',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    ],
    ['a server that shuts down', Object.assign(new Error('terminating connection'), { code: '57P01' })],
    ['a deadlock', Object.assign(new Error('deadlock detected'), { code: '40P01' })],
  ])('%s is said to pass, without its text', (_case, thrown) => {
    const formatted = { message: thrown.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    const shown = errorMapper(pino({ level: 'silent' }))(formatted, thrown);
    expect(shown).toEqual({
      message: 'something needed is away for a moment: ask again',
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  });

  it.each([
    ['{ note', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothingLikeIt }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ note(id: {}) { text } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    ['', 'BAD_REQUEST'],
  ])('%p is answered with %s', async (query, code) => {
    expect((await test.graphql(admin, query)).errors?.[0]?.extensions).toEqual({ code });
  });

  it('nothing in the schema is suggested to those who guess', async () => {
    const { errors } = await test.graphql(admin, '{ brokn }');
    expect(errors?.[0]?.message).not.toMatch(/did you mean|broken"/i);
  });
});

describe('the error mapper', () => {
  it.each([
    ['a stack', 'x', { stacktrace: ['at /srv/app/src/secret.ts:1'] }],
    ['SQL', 'relation "incident" does not exist: SELECT * FROM incident', { code: '42P01' }],
    ['a URL', 'connect ECONNREFUSED postgres://app:pw@10.0.0.1:5432', { code: 'ECONNREFUSED' }],
    ['a file name', "ENOENT: no such file or directory, open '/etc/graphdesk/key'", { code: 'ENOENT' }],
    ['an unknown code', 'secret', { code: 'SECRET', detail: 'secret' }],
  ])('lets out nothing of %s and logs all of it', (_case, message, extensions) => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const error = new GraphQLError(message, { extensions });
    const masked = errorMapper(logger)(error.toJSON(), error);
    expect(masked).toEqual({
      message: 'something went wrong on our side',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(JSON.parse(lines.join(''))).toMatchObject({ err: { message } });
  });

  it('keeps the code and message of an error for the caller, and no other extension', () => {
    const error = new GraphQLError('first must be 1 to 100', {
      extensions: { code: 'BAD_USER_INPUT', stacktrace: ['at /srv/app/src/secret.ts:1'] },
    });
    expect(errorMapper(pino({ level: 'silent' }))(error.toJSON(), error)).toEqual({
      message: 'first must be 1 to 100',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
