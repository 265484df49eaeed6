import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import {
  createSource,
  incidentsOf,
  payloadText,
  registerTenant,
  startIncidents,
  type Hook,
  type IncidentsService,
  type Tenant,
} from './incidents-service.js';

describe('what the webhook refuses', () => {
  let service: IncidentsService;
  let tenant: Tenant;
  let hook: Hook;

  beforeAll(async () => {
    service = await startIncidents();
    tenant = await registerTenant(service);
    hook = await createSource(service, tenant);
  });
  afterAll(() => service.stop());

  const firing = payloadText('queue-lag-firing');
  const answer = async (response: Response): Promise<unknown> => ({
    status: response.status,
    body: await response.json(),
  });
  const withHeader = (authorization?: string): Promise<Response> =>
    service.hook(hook.path, firing, {
      'content-type': 'application/json',
      ...(authorization !== undefined && { authorization }),
    });

  const UNAUTHORIZED = {
    status: 401,
    body: {
      code: 'INVALID_CREDENTIALS',
      message: 'there is no such source, or the credentials are not its own',
    },
  };

  it.each([
    ['no secret', undefined],
    ['a wrong secret', 'Bearer gdi_wrong'],
    ['an empty secret', 'Bearer '],
    ['another scheme', `Basic ${Buffer.from('a:b').toString('base64')}`],
  ])('%s', async (_, authorization) => {
    expect(await answer(await withHeader(authorization))).toEqual(UNAUTHORIZED);
  });

  it('a secret in the address, where logs would keep it', async () => {
    const response = await service.hook(`${hook.path}?secret=${hook.secret}`, firing);
    expect(await answer(response)).toEqual(UNAUTHORIZED);
  });

  it.each([newId('intakeSource'), 'nonsense', '%27%20OR%201', '%00'])(
    'an unknown source, as a wrong secret: %s',
    async (id) => {
      const response = await service.hook(`/hooks/alertmanager/${id}`, firing, {
        authorization: `Bearer ${hook.secret}`,
      });
      expect(await answer(response)).toEqual(UNAUTHORIZED);
    },
  );

  it("another tenant's secret", async () => {
    const stranger = await createSource(service, await registerTenant(service));
    const response = await service.hook(hook.path, firing, { authorization: `Bearer ${stranger.secret}` });
    expect(await answer(response)).toEqual(UNAUTHORIZED);
  });

  it('10 MB, before it is read as anything', async () => {
    const response = await hook.post(Buffer.alloc(10 * 1024 * 1024, 'x'));
    expect(response.status).toBe(413);
    expect(await incidentsOf(service, tenant.responder)).toEqual([]);
  });

  /** The firing fixture with another value at a path; undefined takes the field away. */
  const changed = (path: string, value: unknown): string => {
    const payload = JSON.parse(firing) as Record<string, unknown>;
    const steps = path.split('.');
    const last = steps.pop()!;
    const parent = steps.reduce((node, step) => node[step] as Record<string, unknown>, payload);
    parent[last] = value;
    return JSON.stringify(payload);
  };
  const fault = (name: string, path: string, value: unknown): [string, string, string] => [
    name,
    changed(path, value),
    path,
  ];

  it.each([
    ['no JSON', '{"version": "4"', ''],
    ['an empty body', '', ''],
    ['no object', '[]', ''],
    fault('another version', 'version', '5'),
    fault('no alerts', 'alerts', undefined),
    fault('alerts that are no list', 'alerts', {}),
    fault('an unknown status', 'alerts.0.status', 'maybe'),
    fault('a label that is no text', 'alerts.0.labels.severity', 3),
    fault('labels that are a list', 'alerts.0.labels', ['a']),
    fault('a time that is none', 'alerts.0.startsAt', 'yesterday'),
    fault('no fingerprint', 'alerts.0.fingerprint', undefined),
    fault('an endless fingerprint', 'alerts.0.fingerprint', 'f'.repeat(300)),
  ])('%s', async (_, body, path) => {
    expect(await answer(await hook.post(body))).toEqual({
      status: 400,
      body: { code: 'INVALID_PAYLOAD', message: expect.any(String), path },
    });
  });

  it('a body whose second alert is wrong leaves nothing of its first', async () => {
    const [alert] = (JSON.parse(firing) as { alerts: [object] }).alerts;
    const half = changed('alerts', [alert, { ...alert, labels: null }]);
    expect((await hook.post(half)).status).toBe(400);
    expect(await incidentsOf(service, tenant.responder)).toEqual([]);
    expect(await service.sql('SELECT 1 FROM incidents.intake_delivery WHERE tenant_id = $1', [tenant.id])).toEqual([]);
  });

  it('takes 1 MB in any label, and publishes no event that the broker would refuse', async () => {
    for (const label of ['alertname', 'service', 'environment', 'severity', 'dump']) {
      const large = changed(`alerts.0.labels.${label}`, 'x'.repeat(1024 * 1024));
      const unlike = large.replace('9f1c2ab3d4e5f601', `f-${label}`);
      expect({ label, status: (await hook.post(unlike)).status }).toEqual({ label, status: 200 });
    }
    const [largest] = await service.sql<{ bytes: number }>(
      'SELECT max(length(envelope::text)) AS bytes FROM incidents.outbox',
    );
    expect(largest!.bytes).toBeLessThan(2_000);
  });

  it('says 503 while the database is away, and stores the same delivery once it is back', async () => {
    const before = (await incidentsOf(service, tenant.responder)).length;
    const body = payloadText('unknown-service');
    const name = new URL(service.database.url).pathname.slice(1);
    // Superusers are not counted, so the spec itself keeps its way in.
    const allow = (connections: number): Promise<unknown> =>
      service.sql(`ALTER DATABASE "${name}" CONNECTION LIMIT ${connections}`);
    await allow(0);
    try {
      await service.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename LIKE 'incidents\\_%'`,
        [name],
      );
      expect(await answer(await hook.post(body))).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
      expect(await answer(await withHeader())).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } });
    } finally {
      await allow(-1);
    }
    expect((await hook.post(body)).status).toBe(200);
    expect(await incidentsOf(service, tenant.responder)).toHaveLength(before + 1);
  });
});
