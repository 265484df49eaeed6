import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Actor } from './actor.js';
import { ROLES } from './roles.js';

/** The request header that carries the envelope from the gateway to a subgraph. */
export const ENVELOPE_HEADER = 'x-graphdesk-envelope';

/**
 * How long an envelope is valid, in seconds. Whoever can read the network between gateway and subgraph could repeat a request
 * within that time: keep that network private, or use TLS on it.
 */
export const ENVELOPE_LIFETIME_S = 30;

const ISSUER = 'graphdesk-gateway';
const TYPE = 'gd-envelope+jwt';
const CLOCK_TOLERANCE_S = 5;

/** One subgraph's shared key. Two may be live during a rotation: the first signs, all verify. */
export interface EnvelopeKey {
  readonly id: string;
  readonly secret: KeyObject;
}

/** What the gateway vouches for: who asks, and exactly which request. */
export interface EnvelopedRequest {
  /** The subgraph's name: an envelope for one subgraph is worth nothing at another. */
  readonly audience: string;
  readonly method: string;
  /** The request's path with its query string. */
  readonly path: string;
  readonly body: Uint8Array | string;
  /** Null for a forwarded public request (`/hooks/*`, `/public/*`), whose sender the subgraph itself authenticates. */
  readonly actor: Actor | null;
  readonly correlationId: string;
}

/** What a subgraph knows once the envelope was verified; the body is compared with `bodyHash` before it is parsed. */
export interface VerifiedEnvelope {
  readonly actor: Actor | null;
  readonly correlationId: string;
  readonly bodyHash: string;
}

/** The envelope is missing, expired, for another request, or signed by nobody we know. */
export class InvalidEnvelopeError extends Error {
  readonly code = 'INVALID_ENVELOPE';
}

const claimsSchema = z.object({
  sub: z.string().optional(),
  tenant: z.string().optional(),
  roles: z.array(z.enum(ROLES)).optional(),
  services: z.array(z.string()).optional(),
  htm: z.string(),
  htu: z.string(),
  bh: z.string(),
  cid: z.string(),
});

/** Reads `kid:base64,kid:base64` (newest first, 32 bytes or more each), as in the setting ENVELOPE_KEYS. */
export function parseEnvelopeKeys(text: string): readonly EnvelopeKey[] {
  const keys = text.split(',').map((entry) => {
    const at = entry.indexOf(':');
    const bytes = Buffer.from(entry.slice(at + 1), 'base64');
    if (at < 1 || bytes.length < 32) {
      throw new Error('ENVELOPE_KEYS must be kid:base64[,kid:base64] with at least 32 bytes each');
    }
    return { id: entry.slice(0, at), secret: createSecretKey(bytes) };
  });
  return keys;
}

/** SHA-256 of a request body, base64url. */
export function bodyHash(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Mints the envelope for one request to one subgraph, signed with the newest key. */
export async function signEnvelope(request: EnvelopedRequest, keys: readonly EnvelopeKey[]): Promise<string> {
  const key = keys[0];
  if (!key) throw new Error(`no envelope key for subgraph ${request.audience}`);
  const { actor } = request;
  return new SignJWT({
    ...(actor && { sub: actor.id, tenant: actor.tenantId, roles: [...actor.roles] }),
    ...(actor?.serviceScope && { services: [...actor.serviceScope] }),
    htm: request.method,
    htu: request.path,
    bh: bodyHash(request.body),
    cid: request.correlationId,
  })
    .setProtectedHeader({ alg: 'HS256', kid: key.id, typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(request.audience)
    .setIssuedAt()
    .setExpirationTime(`${ENVELOPE_LIFETIME_S}s`)
    .sign(key.secret);
}

/** Verifies an envelope against the request line. Throws {@link InvalidEnvelopeError}; the body is checked by its hash later. */
export async function verifyEnvelope(
  envelope: string | undefined,
  request: { readonly audience: string; readonly method: string; readonly path: string },
  keys: readonly EnvelopeKey[],
): Promise<VerifiedEnvelope> {
  if (!envelope) throw new InvalidEnvelopeError('the request carries no signed envelope');
  const claims = await readClaims(envelope, request.audience, keys);
  if (claims.htm !== request.method || claims.htu !== request.path) {
    throw new InvalidEnvelopeError('the envelope is for another request');
  }
  return { actor: actorOf(claims), correlationId: claims.cid, bodyHash: claims.bh };
}

async function readClaims(
  envelope: string,
  audience: string,
  keys: readonly EnvelopeKey[],
): Promise<z.infer<typeof claimsSchema>> {
  try {
    const { kid } = decodeProtectedHeader(envelope);
    const key = keys.find((candidate) => candidate.id === kid);
    if (!key) throw new Error('unknown key');
    const { payload } = await jwtVerify(envelope, key.secret, {
      algorithms: ['HS256'],
      typ: TYPE,
      issuer: ISSUER,
      audience,
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: ENVELOPE_LIFETIME_S,
      requiredClaims: ['exp', 'iat'],
    });
    return claimsSchema.parse(payload);
  } catch (error) {
    throw new InvalidEnvelopeError('the signed envelope does not verify', { cause: error });
  }
}

function actorOf(claims: z.infer<typeof claimsSchema>): Actor | null {
  if (claims.sub === undefined || claims.tenant === undefined) return null;
  return {
    id: claims.sub,
    tenantId: claims.tenant,
    roles: claims.roles ?? [],
    ...(claims.services && { serviceScope: claims.services }),
  };
}
