import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@graphdesk/contracts';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** Who a test token is for. */
export interface Person {
  readonly id: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  readonly services?: readonly string[];
}

/** A token issuer that one spec owns. */
export interface Issuer {
  readonly jwksFile: string;
  readonly issuer: string;
  readonly privateKey: CryptoKey;
  /** Published as `k2`, of an algorithm that the gateway does not take (ES384). */
  readonly unlistedKey: CryptoKey;
  /** A valid token of one hour; `claims` and `header` replace parts of it. */
  token(person: Person, claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
  dispose(): void;
}

export function person(tenantId: string, ...roles: string[]): Person {
  return { id: newId('person'), tenantId, roles };
}

export async function createIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const unlisted = await generateKeyPair('ES384', { extractable: true });
  const folder = mkdtempSync(join(tmpdir(), 'graphdesk-issuer-'));
  const jwksFile = join(folder, 'jwks.json');
  const keys = [
    { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' },
    { ...(await exportJWK(unlisted.publicKey)), kid: 'k2', alg: 'ES384' },
  ];
  writeFileSync(jwksFile, JSON.stringify({ keys }));
  const issuer = 'https://issuer.test';
  return {
    jwksFile,
    issuer,
    privateKey,
    unlistedKey: unlisted.privateKey,
    token: ({ id, tenantId, roles, services }, claims = {}, header = {}) =>
      new SignJWT({
        sub: id,
        tenant: tenantId,
        roles: [...roles],
        ...(services && { scope: { services: [...services] } }),
        iss: issuer,
        aud: 'graphdesk',
        exp: Math.floor(Date.now() / 1000) + 3600,
        ...claims,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', ...header })
        .sign(privateKey),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
