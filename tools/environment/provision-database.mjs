// What a service finds in its database before its first migration: its own schema and its own three roles.
import { createHmac } from 'node:crypto';

import pg from 'pg';

/**
 * @typedef {object} ServiceDatabase
 * @property {string} ownerUrl runs migrations, owns the schema
 * @property {string} appUrl serves requests and reactions, under row-level security
 * @property {string} engineUrl relays events and keeps consumers' books
 */

const KINDS = /** @type {const} */ (['owner', 'app', 'engine']);

/** Any fixed number: all callers take the same lock, because roles belong to the whole server. */
const LOCK = 7_305_117;

/**
 * Creates or repairs one service's schema and roles in the database `superuserUrl` names. Safe to repeat and to run from
 * several processes at once. Roles are known by name on the whole server, so every database of one server shares them.
 * @param {string} superuserUrl a user who may create roles and schemas
 * @param {string} service its schema's name: lower-case letters and `_`
 * @param {{ passwordOf?: (role: string) => string }} [options] default passwords follow from the superuser's
 * @returns {Promise<ServiceDatabase>}
 */
export async function provisionService(superuserUrl, service, { passwordOf } = {}) {
  if (!/^[a-z][a-z_]*$/.test(service)) throw new Error(`not a service name: ${service}`);
  const superuser = new URL(superuserUrl);
  const password = passwordOf ?? ((role) => derivedPassword(superuser, role));
  await ensureRoles(superuser, service, password);
  await ensureSchema(superuser, service);
  /** @param {string} kind */
  const urlOf = (kind) => {
    const url = new URL(superuser);
    url.username = `${service}_${kind}`;
    url.password = password(`${service}_${kind}`);
    return url.href;
  };
  return { ownerUrl: urlOf('owner'), appUrl: urlOf('app'), engineUrl: urlOf('engine') };
}

/**
 * Creates a database when it is not there.
 * @param {string} superuserUrl any database of the server
 * @param {string} name
 * @returns {Promise<string>} the same URL with the new database's name
 */
export async function ensureDatabase(superuserUrl, name) {
  await withClient(superuserUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    // By default every role may connect and make temporary tables; only provisioned roles get in.
    await client.query(`REVOKE ALL ON DATABASE ${client.escapeIdentifier(name)} FROM PUBLIC`);
  });
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Runs work on one connection and closes it.
 * @template T
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * @param {URL} superuser
 * @param {string} service
 * @param {(role: string) => string} password
 */
async function ensureRoles(superuser, service, password) {
  // Advisory locks belong to one database, roles to the server: callers for different databases meet in this one.
  const meeting = new URL(superuser);
  meeting.pathname = '/postgres';
  await withClient(meeting.href, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    for (const kind of KINDS) {
      const role = `${service}_${kind}`;
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      const settings = `LOGIN NOINHERIT PASSWORD ${client.escapeLiteral(password(role))}`;
      await client.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} ${settings}`);
      await client.query(`ALTER ROLE ${role} SET search_path = ${service}`);
    }
  });
}

/**
 * @param {URL} superuser
 * @param {string} service
 */
async function ensureSchema(superuser, service) {
  await withClient(superuser.href, async (client) => {
    const database = client.escapeIdentifier(decodeURIComponent(superuser.pathname.slice(1)));
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
    // Who is no superuser must be a member of a role to give it something.
    if (!rows[0]?.rolsuper) await client.query(`GRANT ${service}_owner TO CURRENT_USER`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${service} AUTHORIZATION ${service}_owner`);
    for (const kind of KINDS) await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${service}_${kind}`);
    // A rebuild fills copies of tables, which go with its session.
    await client.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${service}_owner`);
    await client.query(`GRANT USAGE ON SCHEMA ${service} TO ${service}_app, ${service}_engine`);
    await client.query('COMMIT');
  });
}

/**
 * @param {URL} superuser
 * @param {string} role
 */
function derivedPassword(superuser, role) {
  return createHmac('sha256', decodeURIComponent(superuser.password)).update(role).digest('base64url');
}
