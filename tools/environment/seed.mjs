// The demo tenant, filled through the gateway alone, as any client would fill it.
import { randomBytes } from 'node:crypto';

import { waitUntil } from './wait-until.mjs';

/**
 * What an installation must remember of its demo tenant, as secrets are shown once.
 * @typedef {object} Demo
 * @property {Record<string, string>} services service id by key
 * @property {Record<string, { path: string, secret: string }>} sources where monitors and pipelines send to under the
 *   gateway's address, and their secrets
 */

const SERVICES = [
  { key: 'billing-db', name: 'Billing database', tier: 'TIER_1', owner: 'service-owner', needs: [] },
  { key: 'billing', name: 'Billing', tier: 'TIER_1', owner: 'service-owner', needs: ['billing-db'] },
  { key: 'web-shop', name: 'Web shop', tier: 'TIER_2', owner: 'responder', needs: ['billing'] },
  { key: 'intranet', name: 'Intranet', tier: 'TIER_3', owner: undefined, needs: [] },
];

/** Refusals that mean: an earlier start that was interrupted has done this already. */
const DONE_BEFORE = new Set(['TENANT_EXISTS', 'NAME_TAKEN', 'PERSON_EXISTS', 'KEY_TAKEN', 'SUBSCRIBER_EXISTS']);

/**
 * Fills the demo tenant: one person per role, a team, four services, a monitor, a pipeline and an incident. What is there
 * already is left as it is.
 * @param {Omit<import('./dev-file.mjs').DevFile, 'demo'>} dev
 * @returns {Promise<Demo>}
 */
export async function seedDemoTenant(dev) {
  const as = (/** @type {string} */ role) => client(dev.gateway.http, dev.tokens[role] ?? '');
  await as('operator')(`mutation { registerTenant(name: "Demo") { errors { code message } } }`);
  const admin = as('admin');
  await admin(`mutation { registerTeam(name: "Payments") { errors { code message } } }`);
  const { teams } = await admin(`{ teams(first: 100) { nodes { id name } } }`);
  const team = teams.nodes.find((/** @type {{ name: string }} */ { name }) => name === 'Payments').id;
  for (const [role, id] of Object.entries(dev.people)) {
    const input = { id, name: `Demo ${role}`, email: `${role}@demo.example`, teamIds: [team] };
    await admin(
      `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { errors { code message } } }`,
      { input },
    );
  }
  await admin(`mutation ($id: ID!) { appointServiceDeskLead(personId: $id) { errors { code message } } }`, {
    id: dev.people['major-incident-manager'],
  });
  await admin(`mutation { addSubscriber(input: { email: "stakeholders@demo.example" }) { errors { code message } } }`);
  const services = await registerServices(admin, dev.people, team);
  const sources = await createSources(admin);
  await reportFirstIncident(as('responder'), services['intranet'] ?? '');
  return { services, sources };
}

/**
 * @param {ReturnType<typeof client>} admin
 * @param {Record<string, string>} people
 * @param {string} ownerTeamId
 */
async function registerServices(admin, people, ownerTeamId) {
  /** @type {Record<string, string>} */
  const ids = {};
  for (const { key, name, tier, owner, needs } of SERVICES) {
    const dependsOn = needs.map((needed) => ids[needed]);
    const accountablePersonId = owner && people[owner];
    await admin(
      `mutation ($input: RegisterServiceInput!) { registerService(input: $input) { errors { code message } } }`,
      {
        input: {
          key,
          name,
          tier,
          environments: ['production', 'staging'],
          ownerTeamId,
          accountablePersonId,
          dependsOn,
        },
      },
    );
    const { serviceByKey } = await admin(`query ($key: String!) { serviceByKey(key: $key) { id } }`, { key });
    ids[key] = serviceByKey.id;
  }
  return ids;
}

/** @param {ReturnType<typeof client>} admin */
async function createSources(admin) {
  // A secret is shown once: what an interrupted start created is of no use any more, so the name must be a new one.
  const name = `Demo ${randomBytes(3).toString('hex')}`;
  const { createIntakeSource: monitor } = await onceHeard('the demo tenant', () =>
    admin(
      `mutation ($name: String!) { createIntakeSource(name: $name, kind: ALERTMANAGER) {
         intakeSource { path } secret errors { code message } } }`,
      { name },
    ),
  );
  const { createDeploymentSource: pipeline } = await onceHeard('the demo tenant', () =>
    admin(
      `mutation ($name: String!) { createDeploymentSource(name: $name, kind: GITHUB) {
         deploymentSource { path } secret errors { code message } } }`,
      { name },
    ),
  );
  return {
    alertmanager: { path: monitor.intakeSource.path, secret: monitor.secret },
    github: { path: pipeline.deploymentSource.path, secret: pipeline.secret },
  };
}

/**
 * @param {ReturnType<typeof client>} responder
 * @param {string} serviceId
 */
async function reportFirstIncident(responder, serviceId) {
  const { incidents } = await responder(`{ incidents(first: 1) { nodes { id } } }`);
  if (incidents.nodes.length > 0) return;
  const input = { title: 'Search on the intranet is slow', serviceId, impact: 'LOW', urgency: 'MEDIUM' };
  await onceHeard('the services of the demo tenant', () =>
    responder(
      `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } errors { code message } } }`,
      { input },
    ),
  );
}

/**
 * Services hear of what the catalog registers within moments. Until then they refuse with UNKNOWN_TENANT or UNKNOWN_REFERENCE.
 * @param {string} news
 * @param {() => Promise<any>} act
 */
function onceHeard(news, act) {
  return waitUntil(
    async () => {
      try {
        return await act();
      } catch (error) {
        if (/** @type {Error} */ (error).message.includes('UNKNOWN_')) return undefined;
        throw error;
      }
    },
    { what: `a service that has heard of ${news}` },
  );
}

/**
 * A client whose every refusal is an error, but for those that mean that it is done.
 * @param {string} url
 * @param {string} token
 */
function client(url, token) {
  return async (/** @type {string} */ query, /** @type {Record<string, unknown>} */ variables = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    /** @type {any} */
    const { data, errors = [] } = await response.json();
    const refused = Object.values(data ?? {})
      .flatMap((payload) => payload?.errors ?? [])
      .filter(({ code }) => !DONE_BEFORE.has(code));
    if (errors.length + refused.length > 0) throw new Error(`${query}: ${JSON.stringify([...errors, ...refused])}`);
    return data;
  };
}

/**
 * What a newcomer can do now, one line each.
 * @param {import('./dev-file.mjs').DevFile} dev
 * @returns {string[]}
 */
export function nextThingsToTry(dev) {
  return [
    `open ${dev.gateway.ide} and paste a token`,
    `TOKEN=$(node -p "require('./.graphdesk/dev.json').tokens.responder")`,
    `curl -s ${dev.gateway.http} -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" -d '{"query":"{ incidents { nodes { reference title priority owner { name } } } }"}'`,
  ];
}
