import type { Demo } from '../demo.js';
import { ACTS, type Act } from './acts.js';
import type { JournaledClient } from './journaled-client.js';
import type { SeededRandom } from './seeded-random.js';

/** What a story is told with. */
export interface Telling {
  readonly client: JournaledClient;
  readonly demo: Demo;
  readonly random: SeededRandom;
  /** Incidents that were reported and belong to no problem yet. */
  readonly incidents: string[];
}

/** Acts of people and pipelines that belong together. */
export type Story = (telling: Telling) => Promise<void>;

const OWNER = 'query ($id: ID!) { incident(id: $id) { owner { id } } }';
/** How soon an action item is due, in milliseconds. */
const DUE_MS = 3_000;

const LEVELS = ['HIGH', 'MEDIUM', 'LOW'] as const;

/** Steps one after the other, as far as they are not refused. */
async function steps(
  client: JournaledClient,
  id: string,
  ...acts: readonly (readonly [Act, object?])[]
): Promise<boolean> {
  for (const [act, variables] of acts) {
    if ((await client.perform(act, { id, ...variables })) === undefined) return false;
  }
  return true;
}

const incident: Story = async ({ client, demo, random, incidents }) => {
  const serviceId = demo.services[random.pick(['billing', 'web-shop', 'intranet', 'billing-db'])];
  const [impact, urgency] = [random.pick(LEVELS), random.pick(LEVELS)];
  const input = { title: 'Something is slow', serviceId, impact, urgency, environment: 'production' };
  const id = await client.perform(ACTS.report, { input });
  if (!id) return;
  incidents.push(id);
  if (random.chance(0.1)) return void (await steps(client, id, [ACTS.cancel, { reason: 'a duplicate' }]));
  await steps(client, id, [ACTS.acknowledge]);
  if (random.chance(0.5)) await steps(client, id, [ACTS.hold, { onHoldReason: 'AWAITING_VENDOR' }], [ACTS.resume]);
  await due(client, random, id);
  if (random.chance(0.4)) {
    const other = random.pick(LEVELS.filter((level) => level !== impact));
    await steps(client, id, [ACTS.reprioritize, { impact: other, urgency, reason: 'more is known' }]);
  }
  if (!(await steps(client, id, [ACTS.resolve, { notes: 'started it again' }]))) return;
  if (random.chance(0.2)) {
    await steps(client, id, [ACTS.reopen, { reason: 'it is back' }], [ACTS.resolve, { notes: 'replaced it' }]);
  }
  await steps(client, id, [ACTS.validate], [ACTS.close]);
};

/** An action item that is due in a moment: some are done by then, some while it is overdue, some never. */
async function due(client: JournaledClient, random: SeededRandom, incidentId: string): Promise<void> {
  const found = await client.read('responder', OWNER, { id: incidentId });
  const { owner } = (found?.['incident'] ?? {}) as { owner?: { readonly id: string } | null };
  if (!owner) return;
  const dueAt = new Date(Date.now() + DUE_MS).toISOString();
  const id = await client.perform(ACTS.addActionItem, { incidentId, title: 'Watch it', ownerId: owner.id, dueAt });
  if (id && random.chance(0.2)) await steps(client, id, [ACTS.completeActionItem]);
}

const change: Story = async ({ client, demo, random }) => {
  const key = random.pick(['billing', 'web-shop']);
  const input = {
    title: 'A release',
    kind: 'NORMAL',
    serviceIds: [demo.services[key]],
    environment: 'production',
    rollbackPlan: 'the release before',
  };
  const id = await client.perform(ACTS.registerChange, { input });
  if (!id) return;
  if (random.chance(0.15)) return void (await steps(client, id, [ACTS.cancelChange, { reason: 'not this week' }]));
  await steps(client, id, [ACTS.assess], [ACTS.requestAuthorization], [ACTS.authorize]);
  const found = await client.read('change-requester', 'query ($id: ID!) { change(id: $id) { reference } }', { id });
  const { reference } = (found?.['change'] ?? {}) as { reference?: string };
  if (!reference) return;
  if (random.chance(0.5)) return pipeline(demo, client, random, reference);
  const deployment = { service: key, change: reference, externalId: `${reference}-1`, reference: 'acme/release@1' };
  await client.perform(ACTS.deploy, { input: deployment });
};

/** The pipeline reports by webhook, with the same delivery id until it is heard. */
async function pipeline(demo: Demo, client: JournaledClient, random: SeededRandom, change: string): Promise<void> {
  const id = Math.floor(random.next() * 1_000_000_000);
  await client.deliver(['deployment-recorded'], (correlationId) =>
    demo.pipeline.report({
      repository: 'demo/billing',
      state: 'success',
      change,
      id,
      at: new Date(0),
      deliveryId: correlationId,
      correlationId,
    }),
  );
}

const problem: Story = async ({ client, demo, random, incidents }) => {
  const input = { title: 'It keeps happening', serviceId: demo.services['web-shop'] };
  const id = await client.perform(ACTS.registerProblem, { input });
  if (!id) return;
  await steps(client, id, [ACTS.moveProblem, { to: 'ASSESS' }], [ACTS.recordWorkaround, { workaround: 'restart' }]);
  const [incidentId] = incidents.splice(0, 1);
  if (incidentId) await steps(client, id, [ACTS.linkIncident, { incidentId }]);
  if (random.chance(0.5)) {
    await steps(client, id, [ACTS.moveProblem, { to: 'ROOT_CAUSE_ANALYSIS' }]);
    await steps(client, id, [ACTS.recordRootCause, { input: { rootCause: 'a leak' } }]);
  }
};

const DRAFTS = 'query { stakeholderUpdates(first: 50, filter: { state: [DRAFT] }) { nodes { id } } }';

const update: Story = async (telling) => {
  const { client, random } = telling;
  const found = await client.read('communications-lead', DRAFTS);
  const { nodes = [] } = (found?.['stakeholderUpdates'] ?? {}) as { nodes?: readonly { readonly id: string }[] };
  // Drafts come of urgent incidents.
  if (nodes.length === 0) return incident(telling);
  const { id } = random.pick(nodes);
  await steps(client, id, [ACTS.editUpdate, { input: { subject: `Number ${Math.floor(random.next() * 1e9)}` } }]);
  await steps(client, id, [random.chance(0.7) ? ACTS.approveUpdate : ACTS.discardUpdate]);
};

const settings: Story = async ({ client, random }) => {
  const key = `proved-${Math.floor(random.next() * 1e9)}`;
  await client.perform(ACTS.registerService, { input: { key, name: 'A new one', tier: 'TIER_3' } });
  // Another number each time: the same once more would change nothing.
  const minutes = 10_000 + Math.floor(random.next() * 500_000);
  await client.perform(ACTS.setTargets, { targets: [{ measure: 'TIME_TO_RESOLVE', priority: 'P4', minutes }] });
};

/** What the tellers choose from, as often as it stands here. */
export const STORIES: readonly Story[] = [
  incident,
  incident,
  incident,
  incident,
  change,
  change,
  problem,
  update,
  settings,
];
