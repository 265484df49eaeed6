import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId, teamRegisteredV1 } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { eventOf, eventually, publishEvents } from '@graphdesk/testing';
import { registerTenant, startIncidents, type IncidentsService, type Tenant } from './incidents-service.js';

interface Result {
  readonly externalId: string;
  readonly outcome: string;
  readonly entries: number;
  readonly priorities: readonly string[];
  readonly code: string | null;
  readonly reference: string | null;
  readonly retryable: boolean;
  readonly incident: Record<string, unknown> | null;
}

const IMPORT = `mutation($incidents: [ImportedIncidentInput!]!) { importIncidents(system: "servicenow", incidents: $incidents) {
  results { externalId outcome entries priorities code reference retryable incident {
    id reference title state origin revision priority owner { id } team { id } reporter { id }
    externalReference { system externalId } milestones { declaredAt acknowledgedAt resolvedAt closedAt }
    timeline { revision kind at text actorId } } } errors { code path retryable } } }`;

const at = (minute: number): string => new Date(Date.parse('2016-02-29T04:40:00.000Z') + minute * 60_000).toISOString();
const anEntry = (minute: number, but: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ at: at(minute), state: 'NEW', impact: 'MEDIUM', urgency: 'MEDIUM', reference: `line ${minute}` },
  ...but,
});
const anIncident = (externalId: string, entries: unknown[], but: object = {}): Record<string, unknown> => ({
  ...{ externalId, title: 'Category 40', impact: 'MEDIUM', urgency: 'MEDIUM', openedAt: at(0), entries },
  ...but,
});

describe('incidents of another system', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  const teamId = newId('team');

  beforeAll(async () => {
    service = await startIncidents();
    tenant = await registerTenant(service);
    await publishEvents(service.nats.url, [
      eventOf(teamRegisteredV1, teamId, 1, { name: 'Group 70' }, { tenantid: tenant.id }),
    ]);
    await eventually(async () => {
      const rows = await service.sql('SELECT 1 FROM incidents.catalog_team WHERE id = $1', [teamId]);
      expect(rows).toHaveLength(1);
    });
  });
  afterAll(() => service.stop());

  const importAll = async (incidents: unknown[], actor: Actor = tenant.admin): Promise<Result[]> => {
    const { data, errors } = await service.graphql(actor, IMPORT, { incidents });
    if (!data) throw new Error(JSON.stringify(errors));
    expect(data['importIncidents'].errors).toEqual([]);
    return data['importIncidents'].results;
  };
  const stored = async (externalId: string): Promise<Record<string, unknown>> => {
    const [row] = await service.sql(
      `SELECT count(DISTINCT i.id)::int AS incidents, count(o.event_id)::int AS events, max(i.version) AS version
       FROM incidents.incident i JOIN incidents.outbox o ON o.aggregate_id = i.id
       WHERE i.tenant_id = $1 AND i.external_id = $2`,
      [tenant.id, externalId],
    );
    return row ?? {};
  };
  /** A history with an owner, a team, a hold, a reassessment, a resolution and the end: seven entries. */
  const whole = (): unknown[] => {
    const owned = { teamId, ownerId: tenant.colleague.id, impact: 'HIGH', urgency: 'HIGH' };
    return [
      anEntry(17, { teamId, actorId: tenant.responder.id }),
      anEntry(18, { ...owned, state: 'IN_PROGRESS' }),
      anEntry(19, { ...owned, state: 'ON_HOLD', onHoldReason: 'AWAITING_CALLER' }),
      anEntry(16, { ...owned, state: 'IN_PROGRESS' }),
      anEntry(21, { ...owned, state: 'IN_PROGRESS' }),
      anEntry(22, { ...owned, state: 'RESOLVED', resolutionCode: 'WORKAROUND', resolvedById: tenant.leadId }),
      anEntry(23, { ...owned, state: 'CLOSED' }),
    ];
  };

  it('a history stands on the timeline as it was, and every entry of it is an event at its own time', async () => {
    const reporterId = tenant.accountableId;
    const [result] = await importAll([anIncident('INC0000001', whole(), { reporterId, openedById: tenant.leadId })]);
    expect(result).toMatchObject({
      outcome: 'IMPORTED',
      entries: 7,
      priorities: ['P3', 'P1', 'P1', 'P1', 'P1', 'P1', 'P1'],
      incident: {
        state: 'CLOSED',
        origin: 'IMPORT',
        priority: 'P1',
        revision: 11,
        owner: { id: tenant.colleague.id },
        team: { id: teamId },
        reporter: { id: reporterId },
        externalReference: { system: 'servicenow', externalId: 'INC0000001' },
        milestones: { declaredAt: at(0), acknowledgedAt: at(18), resolvedAt: at(22), closedAt: at(23) },
      },
    });
    const timeline = result?.incident?.['timeline'] as { kind: string; at: string; text: string; actorId: string }[];
    expect(timeline.map(({ kind, at }) => [kind, at])).toEqual([
      ['INCIDENT_REPORTED', at(0)],
      ['INCIDENT_ROUTED', at(17)],
      ['INCIDENT_ASSIGNED', at(18)],
      ['INCIDENT_REPRIORITIZED', at(18)],
      ['INCIDENT_ACKNOWLEDGED', at(18)],
      ['INCIDENT_PUT_ON_HOLD', at(19)],
      ['INCIDENT_RESUMED', at(16)],
      ['INCIDENT_UPDATE_IMPORTED', at(21)],
      ['INCIDENT_RESOLVED', at(22)],
      ['INCIDENT_CLOSED', at(23)],
      ['INCIDENT_IMPORTED', service.clock.now().toISOString()],
    ]);
    expect(timeline.slice(0, 3).map(({ actorId }) => actorId)).toEqual([
      tenant.leadId,
      tenant.responder.id,
      tenant.admin.id,
    ]);
    expect(timeline.at(-1)).toMatchObject({
      actorId: tenant.admin.id,
      text: 'Imported from servicenow as INC0000001, entries: 7',
    });
    expect(timeline[7]?.text).toBe('Updated at the source; nothing that is kept here changed (line 21)');
    const events = await service.sql<{ version: number; time: string }>(
      `SELECT aggregate_version AS version, envelope->>'time' AS time FROM incidents.outbox WHERE aggregate_id = $1 ORDER BY seq`,
      [result?.incident?.['id']],
    );
    expect(events).toEqual(timeline.map((entry, place) => ({ version: place + 1, time: entry.at })));
  });

  it('the same again changes nothing, and a later export adds what is new', async () => {
    const history = (count: number, line: number): unknown =>
      anIncident(
        'INC0000002',
        whole()
          .slice(0, count)
          .map((entry) => ({ ...(entry as object), reference: `line ${line}` })),
      );
    expect(await importAll([history(3, 1)])).toMatchObject([{ outcome: 'IMPORTED', entries: 3 }]);
    const before = await stored('INC0000002');
    expect(await importAll([history(3, 900)])).toMatchObject([{ outcome: 'KNOWN', entries: 0 }]);
    expect(await importAll([history(2, 900)])).toMatchObject([{ outcome: 'KNOWN', entries: 0 }]);
    expect(await stored('INC0000002')).toEqual(before);
    expect(await importAll([history(7, 900)])).toMatchObject([
      { outcome: 'EXTENDED', entries: 4, incident: { state: 'CLOSED', revision: 12 } },
    ]);
    expect(await importAll([history(7, 900)])).toMatchObject([{ outcome: 'KNOWN' }]);
    expect(await stored('INC0000002')).toEqual({ incidents: 1, events: 12, version: 12 });
  });

  it('an incident that people worked on here, or whose past reads otherwise now, is not extended', async () => {
    const worked = [anEntry(1, { state: 'IN_PROGRESS' })];
    const [first] = await importAll([anIncident('INC0000003', worked)]);
    const hold = `mutation($id: ID!) { holdIncident(id: $id, onHoldReason: AWAITING_VENDOR) { errors { code } } }`;
    await service.graphql(tenant.responder, hold, { id: first?.incident?.['id'] });
    const longer = anIncident('INC0000003', [...worked, anEntry(2, { state: 'RESOLVED' })]);
    expect(await importAll([longer])).toMatchObject([{ outcome: 'REFUSED', code: 'CHANGED_SINCE_IMPORT' }]);
    expect(await importAll([anIncident('INC0000003', worked)])).toMatchObject([{ outcome: 'KNOWN' }]);
    const otherPast = anIncident('INC0000003', [anEntry(9, { state: 'IN_PROGRESS' })]);
    expect(await importAll([otherPast])).toMatchObject([{ outcome: 'REFUSED', code: 'HISTORY_DIFFERS' }]);
    expect(await stored('INC0000003')).toMatchObject({ events: 4 });
  });

  it('one that is refused leaves nothing, takes no number, and does not hold up the others', async () => {
    const numbers = `SELECT value FROM incidents.counter WHERE tenant_id = $1`;
    const [before] = await service.sql<{ value: number }>(numbers, [tenant.id]);
    const stranger = newId('person');
    const results = await importAll([
      anIncident('INC0000010', [anEntry(1), anEntry(2, { state: 'CLOSED' })]),
      anIncident('INC0000011', [anEntry(1, { ownerId: stranger })]),
      anIncident('INC0000012', [anEntry(1, { teamId: stranger })]),
      anIncident('INC0000013', [anEntry(1, { at: '2099-01-01T00:00:00Z' })]),
      anIncident('INC0000014', [anEntry(1)]),
    ]);
    expect(results.map(({ outcome, code, reference, retryable }) => [outcome, code, reference, retryable])).toEqual([
      ['REFUSED', 'INVALID_TRANSITION', 'line 2', false],
      ['REFUSED', 'UNKNOWN_REFERENCE', null, true],
      ['REFUSED', 'UNKNOWN_REFERENCE', null, true],
      ['REFUSED', 'INVALID_INPUT', 'line 1', false],
      ['IMPORTED', null, null, false],
    ]);
    const [after] = await service.sql<{ value: number }>(numbers, [tenant.id]);
    expect(after?.value).toBe((before?.value ?? 0) + 1);
    for (const refused of ['INC0000010', 'INC0000011', 'INC0000012', 'INC0000013']) {
      expect(await stored(refused)).toMatchObject({ incidents: 0 });
    }
  });

  it('two imports of the same file at the same moment have one effect', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `INC00001${i + 10}`);
    const file = names.map((name) => anIncident(name, whole()));
    const [one, two] = await Promise.all([importAll(file), importAll(file.toReversed())]);
    for (const name of names) {
      const outcomes = [...one, ...two].filter(({ externalId }) => externalId === name).map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(['IMPORTED', 'KNOWN']);
      expect(await stored(name)).toEqual({ incidents: 1, events: 11, version: 11 });
    }
  });

  it('a long history costs the same statements as a short one', async () => {
    const runner = Object.getPrototypeOf(service.service.app.get(TenantDatabase)['dataSource'].createQueryRunner());
    const statements = async (incidents: unknown[]): Promise<number> => {
      const spy = jest.spyOn(runner, 'query');
      try {
        await importAll(incidents);
        return spy.mock.calls.length;
      } finally {
        spy.mockRestore();
      }
    };
    const long = Array.from({ length: 300 }, (_, i) => anEntry(i + 1, { notes: `note ${i}` }));
    const few = await statements([anIncident('INC0000301', [anEntry(1)])]);
    expect(await statements([anIncident('INC0000302', long)])).toBe(few);
    const more = await statements([1, 2, 3].map((i) => anIncident(`INC000031${i}`, long)));
    // Another incident: its transaction begins, sets the tenant, locks, looks, counts, inserts, appends and commits.
    expect(more - few).toBe(2 * 8);
  });

  it('priority is the matrix’s in force for the tenant: with a cell altered it is another', async () => {
    const other = await registerTenant(service);
    const cells = `SELECT tables FROM incidents.priority_matrix WHERE tenant_id = $1`;
    await importAll([anIncident('INC0000401', [anEntry(1)])], other.admin);
    const [row] = await service.sql<{ tables: { cells: object } }>(cells, [other.id]);
    const altered = {
      ...row?.tables,
      cells: { ...row?.tables.cells, MEDIUM: { HIGH: 'P2', MEDIUM: 'P2', LOW: 'P4' } },
    };
    await service.sql('INSERT INTO incidents.priority_matrix (tenant_id, version, tables) VALUES ($1, 2, $2)', [
      other.id,
      JSON.stringify(altered),
    ]);
    expect(await importAll([anIncident('INC0000402', [anEntry(1)])], other.admin)).toMatchObject([
      { priorities: ['P2'], incident: { priority: 'P2' } },
    ]);
  });

  it.each([
    ['responders', 'responder', 'FORBIDDEN'],
    ['partners', 'partner', 'FORBIDDEN'],
  ] as const)('is not for %s', async (_, role, code) => {
    const { errors } = await service.graphql({ ...tenant.admin, roles: [role] }, IMPORT, { incidents: [] });
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });

  it('a call takes 50, and only for a tenant that is known', async () => {
    const errorsOf = async (actor: Actor, count: number): Promise<unknown> => {
      const incidents = Array.from({ length: count }, (_, i) => anIncident(`INC1${i}`, [anEntry(1)]));
      return (await service.graphql(actor, IMPORT, { incidents })).data?.['importIncidents'];
    };
    const errors = [{ code: 'INVALID_INPUT', path: ['incidents'], retryable: false }];
    expect(await errorsOf(tenant.admin, 51)).toEqual({ results: [], errors });
    const nowhere = { ...tenant.admin, tenantId: newId('tenant') };
    expect(await errorsOf(nowhere, 1)).toMatchObject({ errors: [{ code: 'UNKNOWN_TENANT', retryable: true }] });
  });
});
