// Every secret of one installation: made once, kept in one file only its owner can read.
import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Secrets
 * @property {string} postgres the embedded server's superuser password
 * @property {string} roles what the database roles' passwords are derived from
 * @property {import('node:crypto').JsonWebKey} issuer the development issuer's private signing key
 * @property {Record<string, string>} envelopeKeys per subgraph, as in the setting ENVELOPE_KEYS
 * @property {Record<string, string>} sealingKeys per subgraph, as in the setting SECRETS_KEY
 */

/**
 * Reads the installation's secrets and makes the missing ones.
 * @param {string} dataDir
 * @param {string[]} subgraphs
 * @returns {Secrets}
 */
export function loadSecrets(dataDir, subgraphs) {
  const file = join(dataDir, 'secrets.json');
  /** @type {Partial<Secrets>} */
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const random = () => randomBytes(32).toString('base64');
  /** @param {Record<string, string> | undefined} old @param {() => string} make */
  const each = (old, make) => Object.fromEntries(subgraphs.map((name) => [name, old?.[name] ?? make()]));
  const secrets = {
    postgres: known.postgres ?? randomBytes(24).toString('base64url'),
    roles: known.roles ?? random(),
    issuer: known.issuer ?? generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    envelopeKeys: each(known.envelopeKeys, () => `k1:${random()}`),
    sealingKeys: each(known.sealingKeys, random),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/**
 * The password of a database role.
 * @param {Secrets} secrets
 * @param {string} role
 */
export function rolePassword(secrets, role) {
  return createHmac('sha256', secrets.roles).update(role).digest('base64url');
}
