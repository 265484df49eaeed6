import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import { incidentOf, startDemo, type Demo } from '../src/demo.js';
import type { Answer } from '../src/graph.js';

const MINUTE_MS = 60_000;

/** What Alertmanager posts, and posts again when it got no answer. */
const FIRING = JSON.stringify({
  version: '4',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      fingerprint: 'c0ffee',
      startsAt: new Date().toISOString(),
      labels: { alertname: 'SearchSlow', service: 'intranet', environment: 'production', severity: 'critical' },
    },
  ],
});

describe('S4 in another order', () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await startDemo();
  });

  afterAll(() => demo?.stack.stop());

  const alert = async (): Promise<number> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${demo.intake.secret}` };
    return (await fetch(demo.intake.url, { method: 'POST', headers, body: FIRING })).status;
  };
  const considered = async (id: string): Promise<Answer> => {
    const { incident } = await demo.as('responder').ask(
      `query ($id: ID!) { incident(id: $id) {
         timeline { kind text }
         suspectedChanges { id state confidence rejectionReason judgedBy { id } change { reference } }
         dismissedChanges { reason deployment { reference } }
       } }`,
      { id },
    );
    return incident;
  };
  const kindsOf = (incident: Answer, kind: string): Answer[] =>
    incident.timeline.filter((entry: Answer) => entry.kind === kind);

  it('the alert first and the pipeline after it, both told twice: suspected once, with the unrelated on record, until a person says no', async () => {
    expect([await alert(), await alert()]).toEqual([200, 200]);
    const { id } = await incidentOf(demo, 'intranet', 'SearchSlow');

    const at = new Date(Date.now() - 5 * MINUTE_MS);
    await demo.pipeline.report({ repository: 'demo/billing', state: 'success', at });
    const run = { repository: 'demo/intranet', state: 'success' as const, id: 4_200_001, at };
    const deliveryId = randomUUID();
    const told = [
      await demo.pipeline.report({ ...run, deliveryId }),
      await demo.pipeline.report({ ...run, deliveryId }),
      await demo.pipeline.report(run),
    ];
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    const suspected = await eventually(async () => {
      const incident = await considered(id);
      expect(incident).toMatchObject({
        suspectedChanges: [{ state: 'SUSPECTED', confidence: 'HIGH' }],
        dismissedChanges: [
          { reason: 'OTHER_SERVICE', deployment: { reference: expect.stringMatching(/^demo\/billing/) } },
        ],
      });
      expect(kindsOf(incident, 'CHANGE_SUSPECTED')).toHaveLength(1);
      return incident.suspectedChanges[0];
    });

    await demo.as('responder').act(
      `mutation ($id: ID!) { rejectSuspectedChange(id: $id, reason: "only the footer changed") {
         suspectedChange { state } errors { code message } } }`,
      suspected,
    );
    await eventually(async () => {
      const incident = await considered(id);
      expect(incident.suspectedChanges).toMatchObject([
        { state: 'REJECTED', rejectionReason: 'only the footer changed', judgedBy: { id: expect.any(String) } },
      ]);
      expect(kindsOf(incident, 'SUSPICION_REJECTED')).toEqual([
        {
          kind: 'SUSPICION_REJECTED',
          text: `${suspected.change.reference} is not the cause: only the footer changed`,
        },
      ]);
    });
  });
});
