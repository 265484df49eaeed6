import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Alertmanager } from '@graphdesk/testing';
import { raise, startMonitoring } from '../src/alertmanager.js';
import { incidentOf, scheduledChange, startDemo, type Demo } from '../src/demo.js';
import type { Answer } from '../src/graph.js';

const ALERT = { alertname: 'ErrorRateHigh', service: 'billing', environment: 'production', severity: 'critical' };

/** One selection with fields of changes, incidents, sla, catalog and communications. */
const SUGGESTED = `subscription { rollbackSuggested { kind id revision suggestion {
  state reason
  change { reference title }
  suspectedChange { confidence reasons minutesBefore }
  incident { reference priority owner { name } service { name tier } slaClocks { measure state } updates { state } }
} } }`;

describe('S4: an incident after a deployment', () => {
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

  it('is linked to the change, rolled back as a change of its own, resolved, and its repetition proposes a problem', async () => {
    const responder = demo.as('responder');
    const live = await demo.as('major-incident-manager').watch(SUGGESTED);

    // A change is registered with its rollback plan, authorised and deployed by the pipeline.
    const change = await scheduledChange(demo, 'billing', 'Release 4.2 of billing');
    const deployed = await demo.pipeline.report({
      repository: 'demo/billing',
      state: 'success',
      change: change.reference,
    });
    expect(deployed.status).toBe(200);
    await eventually(async () => expect((await changeById(demo, change.id)).state).toBe('REVIEW'));

    // Monitoring fires: an incident with a priority from the tables and one accountable owner.
    await raise(monitoring, ALERT);
    const incident = await incidentOf(demo, 'billing', ALERT.alertname);
    expect(incident).toMatchObject({
      state: 'NEW',
      priority: 'P1',
      owner: { id: demo.stack.people['service-owner'] },
      service: { key: 'billing', tier: 'TIER_1' },
    });

    // The change is suspected with reasons, clocks run, and the suggestion reaches the subscriber.
    await eventually(async () =>
      expect(await incidentById(demo, incident.id)).toMatchObject({
        suspectedChanges: [
          {
            state: 'SUSPECTED',
            confidence: 'HIGH',
            change: { reference: change.reference },
            rollbackSuggestion: { state: 'SUGGESTED' },
          },
        ],
        slaClocks: [
          { measure: 'TIME_TO_OWN', state: 'RUNNING' },
          { measure: 'TIME_TO_RESOLVE', state: 'RUNNING' },
        ],
        updates: [{ state: 'DRAFT' }],
      }),
    );
    const [suspicion] = (await incidentById(demo, incident.id)).suspectedChanges;
    expect(suspicion.reasons).toContain('SAME_SERVICE');
    await eventually(() => expect(live.received).toHaveLength(1));
    const pushed: Answer = live.received[0]?.data.rollbackSuggested;
    expect(pushed).toMatchObject({
      kind: 'ROLLBACK_SUGGESTED',
      suggestion: {
        change: { reference: change.reference, title: 'Release 4.2 of billing' },
        incident: { reference: incident.reference, priority: 'P1', service: { name: 'Billing', tier: 'TIER_1' } },
      },
    });

    // Taken in hand, accepted: the rollback is a change of its own, and the pipeline carries it out.
    await responder.act(
      `mutation ($id: ID!) { acknowledgeIncident(id: $id) { incident { state } errors { code message } } }`,
      incident,
    );
    const accepted = await demo.as('major-incident-manager').act(
      `mutation ($id: ID!) { acceptRollbackSuggestion(id: $id) {
         rollbackSuggestion { state rollbackChange { id reference kind state rollsBackChange { id } remedyForIncident { id } } }
         errors { code message } } }`,
      { id: pushed.id },
    );
    expect(accepted).toMatchObject({
      state: 'RUNNING',
      rollbackChange: {
        kind: 'EMERGENCY',
        state: 'IMPLEMENT',
        rollsBackChange: { id: change.id },
        remedyForIncident: { id: incident.id },
      },
    });
    const rollback = accepted.rollbackChange;
    await demo.pipeline.report({ repository: 'demo/billing', state: 'success', change: rollback.reference });
    await eventually(async () =>
      expect((await incidentById(demo, incident.id)).suspectedChanges[0].rollbackSuggestion.state).toBe('SUCCEEDED'),
    );

    // Resolved by a person, recovery seen by another: clocks stop, an update is drafted, the timeline tells it all.
    await responder.act(
      `mutation ($id: ID!) { resolveIncident(id: $id, resolutionCode: ROLLED_BACK, notes: "previous release is back") {
         incident { state } errors { code message } } }`,
      incident,
    );
    await demo
      .as('major-incident-manager')
      .act(
        `mutation ($id: ID!) { validateRecovery(id: $id) { incident { state } errors { code message } } }`,
        incident,
      );
    await eventually(async () => {
      const now = await incidentById(demo, incident.id);
      expect(now.state).toBe('RESOLVED');
      expect(now.milestones.recoveryValidatedAt).not.toBeNull();
      expect(now.slaClocks.map((clock: Answer) => clock.state)).toEqual(['STOPPED', 'STOPPED']);
      expect(now.slaClocks.every((clock: Answer) => !clock.breached)).toBe(true);
      expect(now.updates.length).toBeGreaterThanOrEqual(2);
      expect(now.timeline.map((entry: Answer) => entry.kind)).toEqual(
        expect.arrayContaining([
          'INCIDENT_REPORTED',
          'INCIDENT_ACKNOWLEDGED',
          'INCIDENT_RESOLVED',
          'INCIDENT_RECOVERY_VALIDATED',
        ]),
      );
    });
    await live.close();

    // The all-clear, then the same again: a second incident of the same kind proposes a problem with both.
    await raise(monitoring, ALERT, { startsAt: new Date(Date.now() - 60_000), endsAt: new Date(Date.now() - 1_000) });
    await demo
      .as('responder')
      .act(`mutation ($id: ID!) { closeIncident(id: $id) { incident { state } errors { code message } } }`, incident);
    await raise(monitoring, { ...ALERT, instance: 'billing-2' });
    const second = await incidentOf(demo, 'billing', ALERT.alertname);
    expect(second.id).not.toBe(incident.id);
    await eventually(async () => {
      const { problem, similarIncidents } = await incidentById(demo, second.id);
      expect(problem).toMatchObject({ state: 'NEW', service: { key: 'billing' } });
      expect(problem.incidents.map((linked: Answer) => linked.id).sort()).toEqual([incident.id, second.id].sort());
      expect(similarIncidents.map((similar: Answer) => similar.incident.id)).toContain(incident.id);
    });
  });
});

async function changeById(demo: Demo, id: string): Promise<Answer> {
  return (
    await demo.as('responder').ask(`query ($id: ID!) { change(id: $id) { state deployments { state } } }`, { id })
  ).change;
}

async function incidentById(demo: Demo, id: string): Promise<Answer> {
  const { incident } = await demo.as('responder').ask(
    `query ($id: ID!) { incident(id: $id) {
       state
       milestones { recoveryValidatedAt }
       timeline { kind }
       slaClocks { measure state breached }
       suspectedChanges { state confidence reasons change { reference } rollbackSuggestion { state } }
       updates { state }
       problem { state service { key } incidents { id } }
       similarIncidents { incident { id } }
     } }`,
    { id },
  );
  return incident;
}
