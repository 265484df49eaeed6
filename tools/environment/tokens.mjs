// The development issuer: what a company's identity provider does in production.
import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/** How long a development token lasts; every start issues new ones. */
const LIFETIME = '30d';
const KEY_ID = 'dev';

/** The `iss` of development tokens, and the gateway's AUTH_ISSUER. */
export const ISSUER = 'graphdesk-dev';
/** The `aud` of tokens, and the gateway's AUTH_AUDIENCE. */
export const AUDIENCE = 'graphdesk';

/**
 * Writes the issuer's public key where the gateway reads it (AUTH_JWKS).
 * @param {string} file
 * @param {import('node:crypto').JsonWebKey} issuer
 */
export function writeJwks(file, issuer) {
  const publicKey = createPublicKey({ key: issuer, format: 'jwk' }).export({ format: 'jwk' });
  const jwks = { keys: [{ ...publicKey, kid: KEY_ID, alg: 'EdDSA', use: 'sig' }] };
  writeFileSync(file, `${JSON.stringify(jwks, undefined, 2)}\n`);
}

/**
 * One signed token per role.
 * @param {import('node:crypto').JsonWebKey} issuer
 * @param {import('./people.mjs').Cast} cast
 * @param {{ partnerServices?: string[] }} [scope] the services a partner sees (`scope.services`)
 * @returns {Promise<Record<string, string>>}
 */
export async function issueTokens(issuer, { tenant, people }, { partnerServices = [] } = {}) {
  const { SignJWT, importJWK } = await import('jose');
  const key = await importJWK(/** @type {import('jose').JWK} */ (issuer), 'EdDSA');
  const tokens = Object.entries(people).map(async ([role, person]) => {
    const scope = role === 'partner' ? { scope: { services: partnerServices } } : {};
    const token = await new SignJWT({ tenant, roles: [role], ...scope })
      .setProtectedHeader({ alg: 'EdDSA', kid: KEY_ID, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(person)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(key);
    return /** @type {const} */ ([role, token]);
  });
  return Object.fromEntries(await Promise.all(tokens));
}
