import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import pg from 'pg';
import { startDemo, type Demo } from '../src/demo.js';
import type { Answer } from '../src/graph.js';
import { REAL_LOG, runImport, SAMPLE_LOG } from '../src/import.js';

const INCIDENTS = `query ($after: String) { incidents(first: 100, after: $after) {
  nodes { id title state priority origin milestones { declaredAt } externalReference { system externalId }
    owner { name } reporter { name } team { name } timeline { kind at }
    slaClocks { measure state } updates { id } suspectedChanges { id }
    problem { state origin externalReference { externalId } }
    requestedChanges { state externalReference { externalId } } causedByChanges { externalReference { externalId } } }
  pageInfo { hasNextPage endCursor } } }`;

/** The tables that a tenant starts with, but for one cell. */
const ALTERED = {
  cells: {
    HIGH: { HIGH: 'P1', MEDIUM: 'P2', LOW: 'P3' },
    MEDIUM: { HIGH: 'P2', MEDIUM: 'P2', LOW: 'P4' },
    LOW: { HIGH: 'P3', MEDIUM: 'P4', LOW: 'P4' },
  },
  urgencyBySeverity: { CRITICAL: 'HIGH', WARNING: 'MEDIUM', INFO: 'LOW' },
  impactByTier: { TIER_1: 'HIGH', TIER_2: 'MEDIUM', TIER_3: 'LOW' },
  impactWithoutService: 'MEDIUM',
};

describe('importing a ServiceNow log', () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await startDemo();
  });

  afterAll(() => demo?.stack.stop());

  const imported = async (): Promise<Answer[]> => {
    const all: Answer[] = [];
    for (let after: string | null = null; ;) {
      const { incidents }: Answer = await demo.as('admin').ask(INCIDENTS, { after });
      all.push(...incidents.nodes.filter((incident: Answer) => incident.externalReference?.system === 'servicenow'));
      if (!incidents.pageInfo.hasNextPage) return all;
      after = incidents.pageInfo.endCursor;
    }
  };
  const drafts = async (): Promise<number> =>
    (await demo.as('communications-lead').ask('{ stakeholderUpdates(first: 100) { nodes { id } } }')).stakeholderUpdates
      .nodes.length;

  it('ends complete and with nothing twice, though killed, run again, and cut off by a restart of the gateway', async () => {
    const before = await drafts();
    const killed = await runImport(demo, SAMPLE_LOG, {
      onProgress: (progress, kill) => progress.includes('incidents ') && kill(),
    });
    expect(killed).toMatchObject({ code: null, summary: undefined });
    const begun = (await imported()).length;
    expect(begun).toBeGreaterThan(0);

    let restart: Promise<void> | undefined;
    const { gateway } = demo.stack.services;
    const second = await runImport(demo, SAMPLE_LOG, {
      onProgress: () => (restart ??= gateway?.kill().then(() => gateway.start())),
    });
    await restart;
    expect(second.progress).toContain('trying again');
    expect(second).toMatchObject({
      code: 0,
      summary: { rows: 252, rowsRefused: 0, incidents: 40, prioritiesCompared: 40, prioritiesEqual: 40, refused: [] },
    });
    expect(second.summary?.known).toBeGreaterThanOrEqual(begun);

    const third = await runImport(demo, SAMPLE_LOG);
    const nothing = { people: 0, teams: 0, problems: 0, changes: 0 };
    expect(third).toMatchObject({ code: 0, summary: { imported: 0, known: 40, entries: 0, created: nothing } });

    const incidents = await imported();
    expect(new Set(incidents.map((incident) => incident.externalReference.externalId)).size).toBe(40);
    expect(incidents).toHaveLength(40);
    expect(await drafts()).toBe(before);
  });

  it('shows everything through the gateway: the timeline at its times, clocks that computed, problems and changes', async () => {
    await eventually(async () => {
      const incidents = await imported();
      for (const incident of incidents) {
        expect(incident).toMatchObject({ state: 'CLOSED', origin: 'IMPORT', updates: [], suspectedChanges: [] });
        expect(incident.slaClocks).toHaveLength(2);
        expect(incident.slaClocks.every((clock: Answer) => clock.state === 'STOPPED')).toBe(true);
        const today = incident.timeline.filter((entry: Answer) => !entry.at.startsWith('2016-'));
        expect(today.map((entry: Answer) => entry.kind)).toEqual(['INCIDENT_IMPORTED']);
      }
      const entries = incidents.reduce((sum, { timeline }) => sum + timeline.length, 0);
      expect(entries).toBeGreaterThanOrEqual(252 + 40);
    });
    const of = Object.fromEntries((await imported()).map((one) => [one.externalReference.externalId, one]));
    expect(of['INC9000000']).toMatchObject({ milestones: { declaredAt: '2016-02-28T06:00:00.000Z' }, priority: 'P1' });
    expect(of['INC9000003'].problem).toEqual({
      ...{ state: 'NEW', origin: 'IMPORT' },
      externalReference: { externalId: 'Problem ID 1' },
    });
    expect(of['INC9000001'].requestedChanges).toEqual([
      { state: 'CLOSED', externalReference: { externalId: 'CHG9000001' } },
    ]);
    expect(of['INC9000007'].causedByChanges).toEqual([{ externalReference: { externalId: 'CHG9000097' } }]);
  });

  const real = REAL_LOG;
  (real ? it : it.skip)(
    `takes the real log: 600 incidents, 4,031 rows, every priority as ours (${real ?? 'not here: set GRAPHDESK_SERVICENOW_LOG'})`,
    async () => {
      const { code, summary } = await runImport(demo, real ?? '');
      expect({ code, summary }).toMatchObject({
        code: 0,
        summary: { rows: 4031, incidents: 600, prioritiesCompared: 600, prioritiesEqual: 600, refused: [] },
      });
    },
  );

  it('sees when one cell of the matrix is another one', async () => {
    const client = new pg.Client({ connectionString: demo.stack.databaseUrl });
    await client.connect();
    await client.query('INSERT INTO incidents.priority_matrix (tenant_id, version, tables) VALUES ($1, 2, $2)', [
      demo.stack.tenant,
      ALTERED,
    ]);
    await client.end();
    const { summary } = await runImport(demo, SAMPLE_LOG, { system: 'altered' });
    expect(summary).toMatchObject({ incidents: 40, prioritiesCompared: 40, refused: [] });
    expect(summary?.prioritiesEqual).toBeLessThan(40);
    for (const { ours, theirs } of summary?.prioritiesDifferent ?? [])
      expect({ ours, theirs }).toEqual({ ours: 'P2', theirs: 'P3' });
  });
});
