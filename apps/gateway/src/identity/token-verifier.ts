import { readFile } from 'node:fs/promises';
import { isId } from '@graphdesk/contracts';
import { isSystem, ROLES } from '@graphdesk/identity';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Session } from './session.js';

/** No token, or one that does not verify. `missing` tells the two apart. */
export class UnauthenticatedError extends Error {
  readonly code = 'UNAUTHENTICATED';
  constructor(
    readonly missing: boolean,
    options?: ErrorOptions,
  ) {
    super(missing ? 'A bearer token is needed.' : 'The bearer token is not valid.', options);
  }
}

/** Verifies a raw token; throws {@link UnauthenticatedError}. */
export type VerifyToken = (token: string | undefined) => Promise<Session>;

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];
const TOKEN_TYPES = new Set([undefined, 'jwt', 'at+jwt']);
const CLOCK_TOLERANCE_S = 5;
const MAX_TOKEN_CHARACTERS = 8_192;

const claimsSchema = z.object({
  sub: z.string().min(1),
  tenant: z.string().refine((id) => isId('tenant', id)),
  roles: z.array(z.enum(ROLES)),
  scope: z.object({ services: z.array(z.string()) }).optional(),
  exp: z.number(),
});

/**
 * Builds the verifier of users' tokens from the issuer's published keys. `jwks` is a file, read once, or an https URL,
 * fetched when a key is unknown and at most once per 30 s.
 */
export async function createTokenVerifier(options: {
  jwks: string;
  issuer: string;
  audience: string;
}): Promise<VerifyToken> {
  const keys = await loadKeys(options.jwks);
  const verification = {
    algorithms: ALGORITHMS,
    issuer: options.issuer,
    audience: options.audience,
    clockTolerance: CLOCK_TOLERANCE_S,
    requiredClaims: ['exp', 'sub', 'tenant', 'roles'],
  };
  return async (token) => {
    if (!token) throw new UnauthenticatedError(true);
    if (token.length > MAX_TOKEN_CHARACTERS) throw new UnauthenticatedError(false);
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, verification);
      if (!TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase())) throw new Error('another kind of token');
      return sessionOf(claimsSchema.parse(payload));
    } catch (cause) {
      throw new UnauthenticatedError(false, { cause });
    }
  };
}

async function loadKeys(jwks: string): Promise<JWTVerifyGetKey> {
  if (/^https?:/.test(jwks)) {
    return createRemoteJWKSet(new URL(jwks), { cooldownDuration: 30_000, timeoutDuration: 5_000 });
  }
  return createLocalJWKSet(JSON.parse(await readFile(jwks, 'utf8')) as JSONWebKeySet);
}

function sessionOf(claims: z.infer<typeof claimsSchema>): Session {
  const actor = {
    id: claims.sub,
    tenantId: claims.tenant,
    roles: claims.roles,
    ...(claims.scope && { serviceScope: claims.scope.services }),
  };
  // Services act under such names by themselves; nobody outside may.
  if (isSystem(actor)) throw new Error('a reserved subject');
  return { actor, expiresAt: claims.exp * 1000 };
}
