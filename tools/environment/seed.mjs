// The demo tenant, filled through the gateway alone, as any client would fill it.

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

/**
 * Fills the demo tenant: one person per role, a team, four services, a monitor, a pipeline and an incident.
 * @param {Omit<import('./dev-file.mjs').DevFile, 'demo'>} dev
 * @returns {Promise<Demo>}
 */
export async function seedDemoTenant(dev) {
  const as = (/** @type {string} */ role) => client(dev.gateway.http, dev.tokens[role] ?? '');
  await as('operator')(`mutation { registerTenant(name: "Demo") { errors { code message } } }`);
  const admin = as('admin');
  const { registerTeam } = await admin(
    `mutation { registerTeam(name: "Payments") { team { id } errors { code message } } }`,
  );
  for (const [role, id] of Object.entries(dev.people)) {
    const input = { id, name: `Demo ${role}`, email: `${role}@demo.example`, teamIds: [registerTeam.team.id] };
    await admin(
      `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { errors { code message } } }`,
      { input },
    );
  }
  await admin(`mutation ($id: ID!) { appointServiceDeskLead(personId: $id) { errors { code message } } }`, {
    id: dev.people['major-incident-manager'],
  });
  const services = await registerServices(admin, dev.people, registerTeam.team.id);
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
    const { registerService } = await admin(
      `mutation ($input: RegisterServiceInput!) { registerService(input: $input) { service { id } errors { code message } } }`,
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
    ids[key] = registerService.service.id;
  }
  return ids;
}

/** @param {ReturnType<typeof client>} admin */
async function createSources(admin) {
  const { createIntakeSource: monitor } = await admin(
    `mutation { createIntakeSource(name: "Demo Alertmanager", kind: ALERTMANAGER) { intakeSource { path } secret errors { code message } } }`,
  );
  const { createDeploymentSource: pipeline } = await admin(
    `mutation { createDeploymentSource(name: "Demo pipeline", kind: GITHUB) { deploymentSource { path } secret errors { code message } } }`,
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
  const input = { title: 'Search on the intranet is slow', serviceId, impact: 'LOW', urgency: 'MEDIUM' };
  // The incidents service hears of a new service within moments of the catalog.
  await waitUntil(
    async () => {
      try {
        return await responder(
          `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } errors { code message } } }`,
          { input },
        );
      } catch (error) {
        if (/** @type {Error} */ (error).message.includes('UNKNOWN')) return undefined;
        throw error;
      }
    },
    { what: 'the first incident of the demo tenant' },
  );
}

/**
 * A client whose every refusal is an error.
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
    const refused = Object.values(data ?? {}).flatMap((payload) => payload?.errors ?? []);
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
