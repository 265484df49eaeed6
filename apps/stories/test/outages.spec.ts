import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Alertmanager } from '@graphdesk/testing';
import { raise, startMonitoring } from '../src/alertmanager.js';
import { imbalancesOf, SERVICES } from '../src/conservation.js';
import { incidentOf, scheduledChange, startDemo, type Demo } from '../src/demo.js';
import type { Answer } from '../src/graph.js';

/** How long a server stays away. */
const OUTAGE_MS = 10_000;

describe('something is killed while a deployment becomes an incident', () => {
  let demo: Demo;
  let monitoring: Alertmanager;

  beforeAll(async () => {
    demo = await startDemo();
    monitoring = await startMonitoring(demo.intake);
  });

  afterAll(async () => {
    await monitoring?.stop();
    await demo?.stack.stop();
  });

  /** A deployment, the blow, an alert; whatever was hit comes back, and the suggestion is there in the end. */
  const story = async (name: string, blow: () => Promise<void>, recover: () => Promise<void>) => {
    const change = await scheduledChange(demo, 'billing', `Release before ${name} is gone`);
    await demo.pipeline.report({ repository: 'demo/billing', state: 'success', change: change.reference });
    await blow();
    const alertname = `Gone${name}`;
    await raise(monitoring, { alertname, service: 'billing', environment: 'production', severity: 'critical' });
    await recover();
    const incident = await eventually(() => incidentOf(demo, 'billing', alertname), { timeoutMs: 40_000 });
    await eventually(
      async () => {
        const { data } = await demo.as('responder').send(
          `query ($id: ID!) { incident(id: $id) { slaClocks { state }
             suspectedChanges { change { reference } rollbackSuggestion { state } } } }`,
          { id: incident.id },
        );
        const suspected = data.incident.suspectedChanges.find((s: Answer) => s.change.reference === change.reference);
        expect(suspected?.rollbackSuggestion?.state).toBe('SUGGESTED');
        expect(data.incident.slaClocks).toHaveLength(2);
      },
      { timeoutMs: 40_000 },
    );
    await eventually(async () => expect(await imbalancesOf(demo.stack)).toEqual([]), { timeoutMs: 30_000 });
  };

  it.each(['gateway', ...SERVICES])('%s: every event is in effect exactly once', async (name) => {
    const service = demo.stack.services[name];
    if (!service) throw new Error(`no process ${name}`);
    await story(
      name,
      () => service.kill(),
      () => service.start(),
    );
  });

  it.each(['nats', 'postgres'] as const)('%s for ten seconds: every event is in effect exactly once', async (name) => {
    const server = demo.stack[name];
    await story(
      name,
      () => server.kill(),
      async () => {
        const back = Date.now() + OUTAGE_MS;
        await eventually(() => expect(Date.now()).toBeGreaterThan(back), { timeoutMs: OUTAGE_MS * 2, everyMs: 250 });
        await server.start();
      },
    );
  });
});
