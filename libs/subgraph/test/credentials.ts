import { randomBytes } from 'node:crypto';
import {
  bodyHash,
  parseEnvelopeKeys,
  signEnvelope,
  type Actor,
  type EnvelopedRequest,
  type EnvelopeKey,
} from '@graphdesk/identity';
import { actorOf } from '@graphdesk/testing';
import { generateKeyPair, SignJWT } from 'jose';

/** A request as it goes over the wire, and whom it speaks for. */
export interface Shape {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Absent for GET. */
  readonly body?: string | Buffer;
  /** The actor named when the envelope is good. */
  readonly actor: Actor | null;
}

export const admin = actorOf(['admin']);

/** The envelope that the gateway would mint for this request. */
export function goodEnvelope(shape: Shape, keys: readonly EnvelopeKey[], overrides: Partial<EnvelopedRequest> = {}) {
  const { method, path, actor, body = '' } = shape;
  const request = { audience: 'notebook', method, path, body, actor, correlationId: 'req_1' };
  return signEnvelope({ ...request, ...overrides }, keys);
}

const freshKeys = (id: string): readonly EnvelopeKey[] =>
  parseEnvelopeKeys(`${id}:${randomBytes(32).toString('base64')}`);

/** Every way of not being the gateway. `keys` are the service's own. */
export const badCredentials: readonly [
  string,
  (shape: Shape, keys: readonly EnvelopeKey[]) => Promise<string | undefined>,
][] = [
  ['no envelope', () => Promise.resolve(undefined)],
  ["a user's token in its place", () => userToken()],
  ['a wrong key under the right id', (shape, keys) => goodEnvelope(shape, freshKeys(keys[0]?.id ?? ''))],
  ["another subgraph's key", (shape) => goodEnvelope(shape, freshKeys('changes'))],
  ["another subgraph's envelope", (shape, keys) => goodEnvelope(shape, keys, { audience: 'changes' })],
  ['another method', (shape, keys) => goodEnvelope(shape, keys, { method: 'PUT' })],
  ['another path', (shape, keys) => goodEnvelope(shape, keys, { path: `${shape.path}/x` })],
  ['another body', (shape, keys) => goodEnvelope(shape, keys, { body: `${String(shape.body)} ` })],
  ['an expired one', (shape, keys) => datedEnvelope(shape, keys, -60)],
  ['one from the future', (shape, keys) => datedEnvelope(shape, keys, 60)],
];

/** A correct envelope but for its time, `offset` seconds from now. */
function datedEnvelope(shape: Shape, keys: readonly EnvelopeKey[], offset: number): Promise<string> {
  const key = keys[0];
  if (!key) throw new Error('no key');
  const issued = Math.floor(Date.now() / 1000) + offset;
  const { method, path, body = '', actor } = shape;
  const who = actor && { sub: actor.id, tenant: actor.tenantId, roles: [...actor.roles] };
  return new SignJWT({ ...who, htm: method, htu: path, bh: bodyHash(body), cid: 'req_1' })
    .setProtectedHeader({ alg: 'HS256', kid: key.id, typ: 'gd-envelope+jwt' })
    .setIssuer('graphdesk-gateway')
    .setAudience('notebook')
    .setIssuedAt(issued)
    .setExpirationTime(issued + 30)
    .sign(key.secret);
}

/** What a person shows the gateway. */
async function userToken(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA');
  return new SignJWT({ tenant: admin.tenantId, roles: admin.roles })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'dev' })
    .setIssuer('graphdesk-dev')
    .setAudience('graphdesk')
    .setSubject(admin.id)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
}
