import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { parseEnvelopeKeys, signEnvelope } from '@graphdesk/identity';
import { generateKeyPair, SignJWT } from 'jose';
import type { Gateway } from '../src/gateway.js';
import { postGraphql } from './graphql-request.js';
import { person } from './issuer.js';
import { createFixture, type Fixture } from './running-gateway.js';

const now = (): number => Math.floor(Date.now() / 1000);

describe('no token, no data', () => {
  let fixture: Fixture;
  let gateway: Gateway;
  beforeAll(async () => {
    fixture = await createFixture();
    gateway = await fixture.start();
  });
  afterAll(() => fixture.dispose());

  const claims =
    (claim: object, header: object = {}) =>
    () =>
      fixture.issuer.token(person(fixture.tenantId, 'responder'), { ...claim }, { ...header });
  const handmade = (header: object, payload: object, sign: (input: string) => string) => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${part(header)}.${part(payload)}`;
    return `${input}.${sign(input)}`;
  };
  const good = (): object => ({
    sub: newId('person'),
    tenant: fixture.tenantId,
    roles: ['admin'],
    iss: fixture.issuer.issuer,
    aud: 'graphdesk',
    exp: now() + 60,
  });

  it('a good token is let in, so that the refusals below are for their own reason', async () => {
    const { status } = await postGraphql(gateway.url, '{ __typename }', { token: await claims({})() });
    expect(status).toBe(200);
    const tolerated = await postGraphql(gateway.url, '{ __typename }', { token: await claims({ exp: now() - 2 })() });
    expect(tolerated.status).toBe(200);
  });

  it.each<[string, () => Promise<string> | string | undefined]>([
    ['nothing', () => undefined],
    ['an empty token', () => ''],
    ['rubbish', () => 'a.b.c'],
    ['one that is far too long', () => `a.${'b'.repeat(9_000)}.c`],
    ['an expired one', claims({ exp: now() - 60 })],
    ['one without expiry', claims({ exp: undefined })],
    ['an expiry in words', claims({ exp: 'tomorrow' as unknown as number })],
    ['one that is not valid yet', claims({ nbf: now() + 60 })],
    ['another issuer', claims({ iss: 'https://elsewhere.test' })],
    ['another audience', claims({ aud: 'billing' })],
    ['no subject', claims({ sub: undefined })],
    ['the name of a service of ours', claims({ sub: 'system:incidents' })],
    ['no tenant', claims({ tenant: undefined })],
    ['a tenant that is a wildcard', claims({ tenant: '*' })],
    ['a tenant that is not an id', claims({ tenant: 'ten_1' })],
    ['no roles', claims({ roles: undefined })],
    ['a role that does not exist', claims({ roles: ['root'] })],
    ['roles as text', claims({ roles: 'admin' })],
    ['a scope of another shape', claims({ scope: { services: 'all' } })],
    ['another kind of token', claims({}, { typ: 'gd-envelope+jwt' })],
    ['an unknown key id', claims({}, { kid: 'k3' })],
    [
      'an algorithm that is not on the list, though its key is published',
      () => new SignJWT({ ...good() }).setProtectedHeader({ alg: 'ES384', kid: 'k2' }).sign(fixture.issuer.unlistedKey),
    ],
    ['a key id with a path', claims({}, { kid: '../../etc/passwd' })],
    [
      'an unknown critical header',
      () =>
        new SignJWT({ ...good() })
          .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', crit: ['x'], x: 1 })
          .sign(fixture.issuer.privateKey, { crit: { x: true } }),
    ],
    ['no signature', () => handmade({ alg: 'none', kid: 'k1' }, good(), () => '')],
    [
      'a shared-secret signature with the public key',
      () =>
        handmade({ alg: 'HS256', kid: 'k1' }, good(), (input) =>
          createHmac('sha256', 'the public key').update(input).digest('base64url'),
        ),
    ],
    [
      'another key of the same kind',
      async () => {
        const { privateKey } = await generateKeyPair('EdDSA');
        return new SignJWT({ ...good() }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).sign(privateKey);
      },
    ],
    [
      'a changed payload',
      async () => {
        const [head, , signature] = (await claims({})()).split('.');
        return [head, Buffer.from(JSON.stringify(good())).toString('base64url'), signature].join('.');
      },
    ],
    [
      'an envelope for a subgraph',
      () =>
        signEnvelope(
          { audience: 'graphdesk', method: 'POST', path: '/graphql', body: '', actor: null, correlationId: 'c' },
          parseEnvelopeKeys(fixture.env.ENVELOPE_KEYS_SLA ?? ''),
        ),
    ],
  ])('refuses %s', async (_case, make) => {
    const token = await make();
    for (const query of ['{ __typename }', '{ __schema { queryType { name } } }', '{ incidents { id } }']) {
      const { status, headers, body } = await postGraphql(gateway.url, query, { token });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(fixture.subgraphs.incidents.received).toHaveLength(0);
  });

  it.each(['Basic dXNlcjpwYXNz', 'bearer', 'Token x'])('refuses the header "%s"', async (authorization) => {
    const { status } = await postGraphql(gateway.url, '{ __typename }', { headers: { authorization } });
    expect(status).toBe(401);
  });

  it('refuses GET, too, and an oversized body before it is read', async () => {
    expect((await fetch(`${gateway.url}/graphql?query={__typename}`)).status).toBe(401);
    const { status } = await postGraphql(gateway.url, `{ __typename } #${'x'.repeat(200_000)}`);
    expect(status).toBe(401);
  });

  it('refuses a body over 100 KiB with a code', async () => {
    const limit = 100 * 1024;
    const bare = JSON.stringify({ query: '{ __typename } #' }).length;
    const query = (size: number): string => `{ __typename } #${'x'.repeat(size - bare)}`;
    const fits = await postGraphql(gateway.url, query(limit), { token: fixture.token });
    expect(fits.status).toBe(200);
    const { status, body } = await postGraphql(gateway.url, query(limit + 1), { token: fixture.token });
    expect(status).toBe(413);
    expect(body.errors?.[0].extensions).toEqual({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('refuses a body that is not JSON with a code', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${fixture.token}` },
      body: '{"query":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});
