import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENVELOPE_HEADER, parseEnvelopeKeys, type EnvelopeKey } from '@graphdesk/identity';
import { startTestService, type TestService } from '@graphdesk/testing';
import { BODY_LIMIT_BYTES, startSubgraph, type RunningSubgraph } from '../src/index.js';
import { admin, badCredentials, goodEnvelope, type Shape } from './credentials.js';
import { notebook } from './notebook.js';

const graphql = (body: unknown): Shape => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify(body),
  actor: admin,
});

/** Every shape a request can have, and the status it gets from the gateway's own hand. */
const shapes: readonly [string, Shape, number][] = [
  ['_service', graphql({ query: '{ _service { sdl } }' }), 200],
  [
    '_entities',
    graphql({
      query: '{ _entities(representations: [{ __typename: "Note", id: "n" }]) { ... on Note { text } } }',
    }),
    200,
  ],
  ['a query', graphql({ query: '{ note(id: "n") { text } }' }), 200],
  ['a mutation', graphql({ query: 'mutation { writeNote(key: "k", text: "t") { note { id } } }' }), 200],
  ['a GET', { method: 'GET', path: '/graphql?query=%7B__typename%7D', actor: admin }, 200],
  ['a batch', graphql([{ query: '{ __typename }' }, { query: '{ __typename }' }]), 400],
  ['a webhook', { method: 'POST', path: '/hooks/echo', body: '{"a": 1}', actor: null }, 201],
  ['what is not JSON', { method: 'POST', path: '/graphql', body: '{"query": ', actor: admin }, 400],
  ['an unknown path', { method: 'POST', path: '/admin', body: '{}', actor: admin }, 404],
];

/** The code of an error: in GraphQL's shape at /graphql, which the gateway reads, else `{code, message, path?}` and no more. */
function codeIn(path: string, body: unknown): unknown {
  const said = path.startsWith('/graphql')
    ? { errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }] }
    : { code: expect.any(String), message: expect.any(String) };
  expect(body).toEqual(said);
  const { code, errors } = body as { code?: string; errors?: [{ extensions: { code: string } }] };
  return code ?? errors?.[0].extensions.code;
}

describe('the door of a subgraph', () => {
  let test: TestService<RunningSubgraph>;
  let keys: readonly EnvelopeKey[];
  beforeAll(async () => {
    test = await startTestService('notebook', (environment) => startSubgraph(notebook, environment));
    keys = parseEnvelopeKeys(test.environment['ENVELOPE_KEYS'] ?? '');
  });
  afterAll(() => test.stop());

  const send = (shape: Shape, envelope: string | undefined, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(test.service.url + shape.path, {
      method: shape.method,
      headers: {
        ...(typeof shape.body === 'string' && { 'content-type': 'application/json' }),
        ...(envelope !== undefined && { [ENVELOPE_HEADER]: envelope, authorization: `Bearer ${envelope}` }),
        ...headers,
      },
      ...(shape.body !== undefined && { body: shape.body }),
    });

  describe.each(shapes)('%s', (_name, shape, status) => {
    it('comes in with the envelope made for it', async () => {
      const response = await send(shape, await goodEnvelope(shape, keys));
      expect(response.status).toBe(status);
    });

    // What is not JSON gets the same 401 as what is: nothing was parsed.
    it.each(badCredentials)('is refused with %s', async (_case, credential) => {
      const response = await send(shape, await credential(shape, keys));
      expect(response.status).toBe(401);
      expect(codeIn(shape.path, await response.json())).toBe('INVALID_ENVELOPE');
    });

    it('is refused when the body was left out', async () => {
      const signed = { ...shape, body: shape.body ?? 'a body that a GET cannot have' };
      const response = await send({ ...shape, body: undefined }, await goodEnvelope(signed, keys));
      expect(response.status).toBe(401);
    });
  });

  it('nothing was written by those who were refused', async () => {
    expect(await test.sql('SELECT key FROM notebook.note')).toEqual([{ key: 'k' }]);
  });

  it('an envelope that names nobody cannot use GraphQL', async () => {
    const shape = { ...graphql({ query: '{ __typename }' }), actor: null };
    const response = await send(shape, await goodEnvelope(shape, keys));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png', undefined])(
    'a webhook gets the bytes as they were sent, as %p',
    async (type) => {
      const body = Buffer.concat([Buffer.from('{ "é":\r\n 1.0 }\0'), randomBytes(1_000)]);
      const shape: Shape = { method: 'POST', path: '/hooks/echo', body, actor: null };
      const response = await send(
        shape,
        await goodEnvelope(shape, keys),
        type === undefined ? {} : { 'content-type': type },
      );
      expect(await response.json()).toEqual({ base64: body.toString('base64') });
    },
  );

  it.each(['/hooks/echo', '/graphql'])('a body of the limit fits %s, a byte more does not', async (path) => {
    const letters = (length: number): Shape => ({ method: 'POST', path, body: Buffer.alloc(length, 32), actor: admin });
    const fits = letters(BODY_LIMIT_BYTES);
    expect((await send(fits, await goodEnvelope(fits, keys))).status).toBe(path === '/graphql' ? 400 : 201);
    const tooLong = letters(BODY_LIMIT_BYTES + 1);
    const refused = await send(tooLong, await goodEnvelope(tooLong, keys));
    expect(refused.status).toBe(413);
    expect(codeIn(path, await refused.json())).toBe('PAYLOAD_TOO_LARGE');
    expect((await send(tooLong, undefined)).status).toBe(401);
  });

  const hook = (path: string): Shape => ({ method: 'POST', path: `/hooks/${path}`, body: '{}', actor: null });
  const notJson: Shape = { method: 'POST', path: '/graphql', body: '{"query": ', actor: admin };

  it.each<[string, Shape, number, string]>([
    ['nothing is there', hook('nowhere'), 404, 'NOT_FOUND'],
    ['nothing takes the method', { ...hook('echo'), method: 'GET', body: undefined }, 404, 'NOT_FOUND'],
    ['a path is no URL', hook('%zz'), 400, 'BAD_REQUEST'],
    ['a body is not JSON', notJson, 400, 'BAD_REQUEST'],
    ['a framework refuses', hook('refused/415'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a status has no word of its own', hook('refused/418'), 418, 'BAD_REQUEST'],
    ['a statement fails', hook('broken'), 500, 'INTERNAL_SERVER_ERROR'],
    ['what is thrown is no error', hook('thrown'), 500, 'INTERNAL_SERVER_ERROR'],
    ['a database restarts', hook('passing/57P01'), 503, 'SERVICE_UNAVAILABLE'],
    ['a connection breaks', hook('passing/ECONNRESET'), 503, 'SERVICE_UNAVAILABLE'],
    ['another was faster', hook('passing/23505'), 503, 'SERVICE_UNAVAILABLE'],
  ])('when %s, the answer says so and nothing of the inside', async (_case, shape, status, code) => {
    const response = await send(shape, await goodEnvelope(shape, keys));
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
    const body: unknown = await response.json();
    expect(codeIn(shape.path, body)).toBe(code);
    expect(JSON.stringify(body)).not.toMatch(/secret|nowhere|SELECT/);
  });

  it('a refusal of a hook is told as it is, with its path', async () => {
    const shape = hook('refusing');
    const response = await send(shape, await goodEnvelope(shape, keys));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 'INVALID_PAYLOAD', message: 'not a list', path: 'alerts' });
  });

  it.each(['live', 'ready', 'started'])('/health/%s is open', async (check) => {
    expect((await fetch(`${test.service.url}/health/${check}`)).status).toBe(200);
  });

  it.each(['/health/../graphql', '/health/%2e%2e/graphql', '//health/live', '/health/live/../../hooks/echo'])(
    'no way around through %s',
    async (path) => expect([401, 404]).toContain(await postUntidied(test.service.url, path)),
  );
});

/** The status of a POST to the path as it stands; fetch would tidy it up. */
function postUntidied(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port: new URL(url).port, path, method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject).end('{"query":"{ __typename }"}');
  });
}
