import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Gateway } from '../src/gateway.js';
import { postGraphql } from './graphql-request.js';
import { person } from './issuer.js';
import { createFixture, type Fixture } from './running-gateway.js';

describe('queries and mutations', () => {
  let fixture: Fixture;
  let gateway: Gateway;
  beforeAll(async () => {
    fixture = await createFixture();
    gateway = await fixture.start({ subgraphCallMs: 400 });
  });
  afterAll(() => fixture.dispose());
  afterEach(() => {
    for (const subgraph of Object.values(fixture.subgraphs)) subgraph.trouble = 'none';
  });
  const ask = (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) =>
    postGraphql(gateway.url, query, {
      token: fixture.token,
      ...(variables && { variables }),
      ...(headers && { headers }),
    });

  it('joins the fields of several subgraphs in one answer', async () => {
    const { id, serviceId } = fixture.data.addIncident(fixture.tenantId, { title: 'Disk full' });
    const { status, body } = await ask(
      'query ($id: ID!) { incident(id: $id) { title service { name } clocks { name } } }',
      {
        id,
      },
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        incident: {
          title: 'Disk full',
          service: { name: `service ${serviceId.slice(-4)}` },
          clocks: [{ name: 'resolution' }],
        },
      },
    });
  });

  it('changes something and reads it back', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const { body } = await ask('mutation ($id: ID!) { renameIncident(id: $id, title: "New") { title paused } }', {
      id,
    });
    expect(body.data).toEqual({ renameIncident: { title: 'New', paused: false } });
  });

  it('vouches for the caller at each subgraph and hands on the trace, but never the token', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await ask(
      'query ($id: ID!) { incident(id: $id) { paused } }',
      { id },
      { traceparent, 'x-correlation-id': 'req-7' },
    );
    for (const { received } of [fixture.subgraphs.sla]) {
      const request = received.at(-1);
      expect(request?.envelope).toMatchObject({
        correlationId: 'req-7',
        actor: { tenantId: fixture.tenantId, roles: ['responder'] },
      });
      expect(request?.headers).toMatchObject({ traceparent, 'x-correlation-id': 'req-7' });
      expect(request?.headers.authorization).toBeUndefined();
    }
  });

  it("hands a partner's scope on", async () => {
    const { id, serviceId } = fixture.data.addIncident(fixture.tenantId);
    const partner = (services: string[]) => fixture.issuer.token({ ...person(fixture.tenantId, 'partner'), services });
    const query = 'query ($id: ID!) { incident(id: $id) { title } }';
    const inside = await postGraphql(gateway.url, query, { token: await partner([serviceId]), variables: { id } });
    const outside = await postGraphql(gateway.url, query, { token: await partner(['svc_other']), variables: { id } });
    expect(inside.body.data.incident).not.toBeNull();
    expect(outside.body.data.incident).toBeNull();
  });

  it.each(['reset', 'hang', 'not-json'] as const)(
    'a subgraph in trouble (%s) leaves the rest of the answer',
    async (trouble) => {
      const { id } = fixture.data.addIncident(fixture.tenantId);
      fixture.subgraphs.sla.trouble = trouble;
      const { status, body } = await ask('query ($id: ID!) { incident(id: $id) { title clocks { name } } }', { id });
      expect(status).toBe(200);
      expect(body.data).toEqual({ incident: { title: 'Queue lag', clocks: null } });
      expect(body.errors).toEqual([
        expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'sla' } }),
      ]);
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|localhost/);
    },
  );

  it('masks what a subgraph did not mean to say, and passes on what it did', async () => {
    const masked = await ask('{ fails }');
    expect(masked.body.errors).toEqual([
      {
        message: 'Internal server error',
        path: ['fails'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', serviceName: 'incidents' },
      },
    ]);
    const meant = await ask('mutation { renameIncident(id: "inc_none", title: "x") { id } }');
    expect(meant.body.errors?.[0]).toMatchObject({ message: 'No such incident.', extensions: { code: 'NOT_FOUND' } });
  });

  it('passes on that a service is in trouble for a moment, with its name', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    fixture.subgraphs.sla.trouble = 'SERVICE_UNAVAILABLE';
    const { status, body } = await ask('query ($id: ID!) { incident(id: $id) { title clocks { name } } }', { id });
    expect(status).toBe(200);
    expect(body.data).toEqual({ incident: { title: 'Queue lag', clocks: null } });
    expect(body.errors).toEqual([
      { message: 'sla says so', extensions: { code: 'SERVICE_UNAVAILABLE', serviceName: 'sla' } },
    ]);
  });

  it.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', 'query ($id: ID!) { incident(id: $id) { id } }', 'BAD_USER_INPUT'],
  ])('refuses %s with a code', async (_case, query, code) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.errors?.[0].extensions.code).toBe(code);
    expect(JSON.stringify(body)).not.toContain('stack');
  });

  it('answers introspection in development and refuses it in production', async () => {
    const introspection = '{ __schema { queryType { name } } }';
    expect((await ask(introspection)).body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    const production = await fixture.start({}, { NODE_ENV: 'production' });
    const { status } = await postGraphql(production.url, introspection, { token: fixture.token });
    expect(status).toBe(400);
    expect((await fetch(`${production.url}/ide`)).status).toBe(404);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'executes nothing that a foreign page could send: %s',
    async (contentType) => {
      const before = fixture.subgraphs.incidents.graphqlCalls;
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': contentType, authorization: `Bearer ${fixture.token}` },
        body: JSON.stringify({ query: '{ incidents { id } }' }),
      });
      expect([400, 415]).toContain(response.status);
      expect(fixture.subgraphs.incidents.graphqlCalls).toBe(before);
    },
  );
});
