import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import {
  incidentsOf,
  registerTenant,
  startIncidents,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

const DAY_MS = 86_400_000;

describe('a resolved incident comes due', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  beforeAll(async () => {
    service = await startIncidents();
    tenant = await registerTenant(service);
  });
  afterAll(() => service.stop());

  const run = async (mutation: string): Promise<{ id: string }> => {
    const { data, errors } = await service.graphql(
      tenant.responder,
      `mutation { it: ${mutation} { incident { id } errors { code message } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.['it'].errors).toEqual([]);
    return data?.['it'].incident;
  };
  const seen = async (id: string): Promise<Record<string, unknown> | undefined> =>
    (await incidentsOf(service, tenant.responder)).find((incident) => incident['id'] === id);
  const armed = (id: string): Promise<{ kind: string }[]> =>
    service.sql('SELECT kind FROM incidents.timer WHERE subject = $1', [id]);

  it('a P3 that nobody came back to is closed by the service after five days, and not before', async () => {
    const { id } = await run(
      `reportIncident(input: { title: "Slow reports", serviceId: "${tenant.serviceId}", impact: MEDIUM, urgency: MEDIUM })`,
    );
    expect(await armed(id)).toEqual([]);
    await run(`resolveIncident(id: "${id}", resolutionCode: FIXED, notes: "index added")`);
    expect(await armed(id)).toEqual([{ kind: 'AUTO_CLOSE' }]);
    await service.time.forward(6 * DAY_MS - 60_000);
    expect((await seen(id))?.['state']).toBe('RESOLVED');
    await service.time.forward(2 * 60_000);
    await eventually(async () => expect((await seen(id))?.['state']).toBe('CLOSED'));
    const timeline = (await seen(id))?.['timeline'] as { kind: string; actorId: string }[];
    expect(timeline.at(-1)).toMatchObject({ kind: 'INCIDENT_CLOSED', actorId: 'system:incidents' });
    expect(await armed(id)).toEqual([]);
  });

  it('a P1 waits for its validation, and a reopened one for nothing', async () => {
    // The database's time was moved: what is resolved now must not be five days old there.
    service.clock.passMinutes(7 * 24 * 60);
    const report = `reportIncident(input: { title: "Down", serviceId: "${tenant.serviceId}", impact: HIGH, urgency: HIGH })`;
    const { id } = await run(report);
    await run(`resolveIncident(id: "${id}", resolutionCode: FIXED, notes: "restarted")`);
    expect(await armed(id)).toEqual([]);
    await run(`reopenIncident(id: "${id}", reason: "down again")`);
    await run(`reprioritizeIncident(id: "${id}", impact: MEDIUM, urgency: MEDIUM, reason: "half of it is up")`);
    await run(`resolveIncident(id: "${id}", resolutionCode: FIXED, notes: "restarted")`);
    expect(await armed(id)).toEqual([{ kind: 'AUTO_CLOSE' }]);
    await run(`reopenIncident(id: "${id}", reason: "down again")`);
    expect(await armed(id)).toEqual([]);
  });
});
