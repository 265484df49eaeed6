// The settings each process gets: the same variables an installation in production sets.
import { ISSUER, AUDIENCE } from './tokens.mjs';

/**
 * @typedef {object} Provided
 * @property {Record<string, number>} ports
 * @property {Record<string, import('./provision-database.mjs').ServiceDatabase>} databases
 * @property {string} natsUrl
 * @property {import('./secrets.mjs').Secrets} secrets
 * @property {string} jwksFile
 * @property {{ url: string, from: string | undefined }} mail the mail server and the sender
 */

/**
 * @param {string} name
 * @param {Provided} provided
 * @returns {NodeJS.ProcessEnv}
 */
export function subgraphSettings(name, { ports, databases, natsUrl, secrets, mail }) {
  return {
    HOST: '127.0.0.1',
    PORT: String(ports[name]),
    DATABASE_URL: databases[name]?.appUrl,
    ENGINE_DATABASE_URL: databases[name]?.engineUrl,
    OWNER_DATABASE_URL: databases[name]?.ownerUrl,
    NATS_URL: natsUrl,
    ENVELOPE_KEYS: secrets.envelopeKeys[name],
    SECRETS_KEY: secrets.sealingKeys[name],
    ...(name === 'communications' && { SMTP_URL: mail.url, MAIL_FROM: mail.from }),
  };
}

/**
 * @param {string[]} subgraphs
 * @param {Provided} provided
 * @returns {NodeJS.ProcessEnv}
 */
export function gatewaySettings(subgraphs, { ports, natsUrl, secrets, jwksFile }) {
  const keys = subgraphs.map((name) => [`ENVELOPE_KEYS_${variableName(name)}`, secrets.envelopeKeys[name]]);
  return {
    HOST: process.env.HOST || '127.0.0.1',
    PORT: String(ports.gateway),
    SUBGRAPHS: subgraphs.map((name) => `${name}=http://127.0.0.1:${ports[name]}`).join(','),
    NATS_URL: natsUrl,
    AUTH_JWKS: jwksFile,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    ...Object.fromEntries(keys),
  };
}

/**
 * What of our own environment every process inherits: everything but what we decide, and what belongs to a test runner.
 * @returns {NodeJS.ProcessEnv}
 */
export function inheritedSettings() {
  const settings = { ...process.env };
  delete settings.DATABASE_URL;
  delete settings.NATS_URL;
  delete settings.SMTP_URL;
  delete settings.MAIL_FROM;
  if (settings.JEST_WORKER_ID) delete settings.NODE_OPTIONS;
  delete settings.JEST_WORKER_ID;
  if (!settings.NODE_ENV || settings.NODE_ENV === 'test') settings.NODE_ENV = 'development';
  return settings;
}

/** @param {string} name */
function variableName(name) {
  return name.toUpperCase().replaceAll('-', '_');
}
