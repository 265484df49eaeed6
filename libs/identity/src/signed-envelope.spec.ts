import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  bodyHash,
  InvalidEnvelopeError,
  parseEnvelopeKeys,
  signEnvelope,
  verifyEnvelope,
  type Actor,
  type EnvelopedRequest,
} from './index.js';

const key = (kid: string): string => `${kid}:${randomBytes(32).toString('base64')}`;
const live = key('new');
const previous = key('old');
const keys = parseEnvelopeKeys(`${live},${previous}`);
const actor: Actor = { id: 'per_1', tenantId: 'ten_1', roles: ['partner'], serviceScope: ['svc_1'] };
const request: EnvelopedRequest = {
  audience: 'incidents',
  method: 'POST',
  path: '/graphql',
  body: '{"query":"{ __typename }"}',
  actor,
  correlationId: 'req_1',
};
const line = { audience: 'incidents', method: 'POST', path: '/graphql' };

describe('the signed envelope', () => {
  it('carries actor, tenant, scope, correlation and body hash', async () => {
    const verified = await verifyEnvelope(await signEnvelope(request, keys), line, keys);
    expect(verified).toEqual({ actor, correlationId: 'req_1', bodyHash: bodyHash(request.body) });
  });

  it('has no actor for a forwarded public request', async () => {
    const envelope = await signEnvelope({ ...request, actor: null }, keys);
    expect((await verifyEnvelope(envelope, line, keys)).actor).toBeNull();
  });

  it('signed with the previous key still verifies while that key is live', async () => {
    const envelope = await signEnvelope(request, parseEnvelopeKeys(previous));
    await expect(verifyEnvelope(envelope, line, keys)).resolves.toBeDefined();
  });

  it.each([
    ['another audience', { audience: 'changes', method: 'POST', path: '/graphql' }],
    ['another method', { audience: 'incidents', method: 'GET', path: '/graphql' }],
    ['another path', { audience: 'incidents', method: 'POST', path: '/hooks/alertmanager/1' }],
  ])('is refused for %s', async (_case, other) => {
    const envelope = await signEnvelope(request, keys);
    await expect(verifyEnvelope(envelope, other, keys)).rejects.toThrow(InvalidEnvelopeError);
  });

  const forge = (claims: Record<string, unknown>, header: Record<string, string>, iat: number): Promise<string> =>
    new SignJWT({ htm: 'POST', htu: '/graphql', bh: 'x', cid: 'c', ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: 'new', typ: 'gd-envelope+jwt', ...header })
      .setIssuer('graphdesk-gateway')
      .setAudience('incidents')
      .setIssuedAt(iat)
      .setExpirationTime(iat + 30)
      .sign(keys[0]!.secret);
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, () => Promise<string> | string | undefined]>([
    ['nothing', () => undefined],
    ['rubbish', () => 'a.b.c'],
    ['an unknown key', () => signEnvelope(request, parseEnvelopeKeys(key('new2')))],
    ['another key under a known id', () => signEnvelope(request, parseEnvelopeKeys(key('new')))],
    ['an expired envelope', () => forge({}, {}, now - 60)],
    ['one from the future', () => forge({}, {}, now + 60)],
    ['another token type', () => forge({}, { typ: 'JWT' }, now)],
    ['a role that does not exist', () => forge({ sub: 'a', tenant: 't', roles: ['root'] }, {}, now)],
  ])('refuses %s', async (_case, make) => {
    await expect(verifyEnvelope(await make(), line, keys)).rejects.toThrow(InvalidEnvelopeError);
  });

  it('a forged envelope of the same shape, correctly signed, is accepted: the cases above fail for their own reason', async () => {
    await expect(verifyEnvelope(await forge({}, {}, now), line, keys)).resolves.toBeDefined();
  });

  it('short keys are refused', () => {
    expect(() => parseEnvelopeKeys('k:c2hvcnQ=')).toThrow(/32 bytes/);
  });
});
