// The demo tenant's cast: one person per role, with ids that stay the same for the life of an installation.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Cast
 * @property {string} tenant
 * @property {Record<string, string>} people person id by role
 */

/**
 * Reads the cast, or makes it the first time; a role that is new gets its person.
 * @param {string} dataDir
 * @returns {Promise<Cast>}
 */
export async function loadCast(dataDir) {
  const { newId } = await import('@graphdesk/contracts');
  const { ROLES } = await import('@graphdesk/identity');
  const file = join(dataDir, 'people.json');
  /** @type {Partial<Cast>} */
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const cast = {
    tenant: known.tenant ?? newId('tenant'),
    people: Object.fromEntries(ROLES.map((role) => [role, known.people?.[role] ?? newId('person')])),
  };
  writeFileSync(file, `${JSON.stringify(cast, undefined, 2)}\n`);
  return cast;
}
