import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import type { Gateway } from '../src/gateway.js';
import { EventLog } from './event-log.js';
import { person } from './issuer.js';
import { createFixture, type Fixture } from './running-gateway.js';
import { clientWith, type StreamClient, type Subscription } from './stream-client.js';

describe('federated subscriptions', () => {
  let nats: NatsServer;
  let fixture: Fixture;
  let gateway: Gateway;
  let log: EventLog;
  let client: StreamClient;
  const opened: Subscription[] = [];
  beforeAll(async () => {
    nats = await startNats();
    fixture = await createFixture(nats.url);
    gateway = await fixture.start({ streamPatienceMs: 2_000 });
    log = await EventLog.open(nats.url);
    client = clientWith(fixture.token, gateway.url);
  });
  afterAll(async () => {
    await client.close();
    await log.close();
    await fixture.dispose();
    await nats.stop();
  });
  afterEach(async () => {
    opened.splice(0).forEach((subscription) => subscription.unsubscribe());
    for (const subgraph of Object.values(fixture.subgraphs)) subgraph.trouble = 'none';
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });

  const subscribe = async (query: string, options: Parameters<StreamClient['subscribe']>[1] = {}, by = client) => {
    const subscription = await log.withNewReader(() => by.subscribe(query, options));
    opened.push(subscription);
    return subscription;
  };
  const happen = (id: string, revision: number, more: object = {}) =>
    log.publish({ tenantId: fixture.tenantId, id, revision, ...more });

  it('gives each event with the fields of several subgraphs, as one selection', async () => {
    const incident = fixture.data.addIncident(fixture.tenantId, { revision: 3 });
    const subscription = await subscribe(`subscription {
      incidentChanged {
        kind id revision occurredAt
        incident { id title priority service { name } clocks { name breached } }
      }
    }`);
    const event = await happen(incident.id, 1, { name: 'incident-reported' });
    const [result] = await subscription.received(1);
    expect(result).toEqual({
      data: {
        incidentChanged: {
          kind: 'INCIDENT_REPORTED',
          id: incident.id,
          revision: 1,
          occurredAt: '2026-11-23T02:00:04.000Z',
          incident: {
            id: incident.id,
            title: 'Queue lag',
            priority: 'P1',
            service: { name: `service ${incident.serviceId.slice(-4)}` },
            clocks: [{ name: 'resolution', breached: false }],
          },
        },
      },
      extensions: { cursor: expect.any(String), eventId: event.id },
    });
  });

  it('understands aliases, fragments, variables with defaults and conditions both ways', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const query = `
      subscription Watch($id: ID, $clocks: Boolean!, $title: Boolean = false) {
        happened: incidentChanged(id: $id) { what: kind ...State }
      }
      fragment State on IncidentChanged {
        subject: incident {
          clocks @include(if: $clocks) { name }
          ... on Incident { title @include(if: $title) }
          ...Nothing @skip(if: $clocks)
          __typename
        }
      }
      fragment Nothing on Incident { paused }`;
    const withClocks = await subscribe(query, { variables: { id, clocks: true } });
    const without = await subscribe(query, { variables: { id, clocks: false, title: true } });
    await happen(id, 1);
    expect((await withClocks.received(1))[0].data).toEqual({
      happened: { what: 'INCIDENT_ANNOTATED', subject: { clocks: [{ name: 'resolution' }], __typename: 'Incident' } },
    });
    expect((await without.received(1))[0].data).toEqual({
      happened: { what: 'INCIDENT_ANNOTATED', subject: { title: 'Queue lag', paused: false, __typename: 'Incident' } },
    });
  });

  it.each([true, false])(
    'a required field under the opposite condition of its neighbour loses nothing (%s)',
    async (wanted) => {
      const { id } = fixture.data.addIncident(fixture.tenantId);
      const query = `subscription ($w: Boolean!) {
      incidentChanged { revision incident { target @include(if: $w) paused @skip(if: $w) } }
    }`;
      const subscription = await subscribe(query, { variables: { w: wanted } });
      await happen(id, 1);
      const [{ data, errors }] = await subscription.received(1);
      expect(errors).toBeUndefined();
      expect(data.incidentChanged.incident).toEqual(wanted ? { target: 'target of P1' } : { paused: false });
    },
  );

  it('an entity whose every field was left out is an empty object', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const subscription = await subscribe('subscription { incidentChanged { incident { title @skip(if: true) } } }');
    await happen(id, 1);
    expect((await subscription.received(1))[0].data).toEqual({ incidentChanged: { incident: {} } });
  });

  it('narrows by id, service and priority', async () => {
    const [one, two] = [
      fixture.data.addIncident(fixture.tenantId),
      fixture.data.addIncident(fixture.tenantId, { priority: 'P3' }),
    ];
    const select = '{ id revision }';
    const byId = await subscribe(`subscription { incidentChanged(id: "${one.id}") ${select} }`);
    const byService = await subscribe('subscription ($s: ID) { incidentChanged(serviceId: $s) { id revision } }', {
      variables: { s: two.serviceId },
    });
    const byPriority = await subscribe(`subscription { incidentChanged(priority: P3) ${select} }`);
    for (const revision of [1, 2]) for (const { id } of [one, two]) await happen(id, revision);
    for (const [subscription, id] of [
      [byId, one.id],
      [byService, two.id],
      [byPriority, two.id],
    ] as const) {
      const results = await subscription.received(2);
      expect(results.map(({ data }) => data.incidentChanged)).toEqual([
        { id, revision: 1 },
        { id, revision: 2 },
      ]);
    }
  });

  it('follows changes and new rollback suggestions', async () => {
    const incident = fixture.data.addIncident(fixture.tenantId);
    const change = fixture.data.addChange(fixture.tenantId, [incident.serviceId]);
    const suggestion = fixture.data.addSuggestion(fixture.tenantId, incident.id);
    const other = fixture.data.addSuggestion(fixture.tenantId, fixture.data.addIncident(fixture.tenantId).id);
    const changes = await subscribe(
      `subscription { changeChanged(serviceId: "${incident.serviceId}") { kind change { title services { name } } } }`,
    );
    const byIncident = await subscribe(
      `subscription { rollbackSuggested(incidentId: "${incident.id}") { kind suggestion { reason incident { title } } } }`,
    );
    const byService = await subscribe(
      `subscription { rollbackSuggested(serviceId: "${incident.serviceId}") { id suggestion { reason } } }`,
    );
    const service = 'changes';
    await happen(change.id, 1, { service, aggregateType: 'change', name: 'change-registered' });
    const about = { service, aggregateType: 'rollback-suggestion' };
    await happen(other.id, 1, { ...about, name: 'rollback-suggested', data: { incidentId: 'inc_other' } });
    await happen(suggestion.id, 1, { ...about, name: 'rollback-suggested', data: { incidentId: incident.id } });
    await happen(suggestion.id, 2, { ...about, name: 'rollback-accepted', data: { incidentId: incident.id } });
    expect((await changes.received(1))[0].data.changeChanged).toMatchObject({
      kind: 'CHANGE_REGISTERED',
      change: { title: 'Deploy 7', services: [{ name: expect.any(String) }] },
    });
    expect((await byIncident.received(1))[0].data.rollbackSuggested).toEqual({
      kind: 'ROLLBACK_SUGGESTED',
      suggestion: { reason: 'P1, fresh deployment', incident: { title: 'Queue lag' } },
    });
    expect((await byService.received(1))[0].data.rollbackSuggested.id).toBe(suggestion.id);
    expect(byIncident.results).toHaveLength(1);
    expect(byService.results).toHaveLength(1);
  });

  it('tells nobody of what they may not see: another tenant, or a partner outside the scope', async () => {
    const stranger = clientWith(await fixture.issuer.token(person(newId('tenant'), 'admin')), gateway.url);
    const mine = fixture.data.addIncident(fixture.tenantId);
    const hidden = fixture.data.addIncident(fixture.tenantId);
    const token = await fixture.issuer.token({ ...person(fixture.tenantId, 'partner'), services: [mine.serviceId] });
    const partner = clientWith(token, gateway.url);
    const query = 'subscription { incidentChanged { id } }';
    const [foreign, scoped, own] = [
      await subscribe(query, {}, stranger),
      await subscribe(query, {}, partner),
      await subscribe(query),
    ];
    await happen(hidden.id, 1);
    await happen(mine.id, 1);
    await own.received(2);
    expect((await scoped.received(1)).map(({ data }) => data.incidentChanged.id)).toEqual([mine.id]);
    expect(foreign.results).toEqual([]);
    await Promise.all([stranger.close(), partner.close()]);
  });

  it('leaves out an event whose envelope names another tenant than its subject', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const subscription = await subscribe('subscription { incidentChanged { revision } }');
    const forged = { ...(await happen(id, 1)), tenantid: newId('tenant'), subjectversion: 2 };
    await log.broker.js.publish(
      `gd.${fixture.tenantId}.incidents.incident.${id}.incident-annotated`,
      JSON.stringify(forged),
    );
    await log.broker.js.publish(`gd.${fixture.tenantId}.incidents.incident.${id}.incident-annotated`, 'not json');
    await happen(id, 3);
    await subscription.received(2);
    expect(subscription.revisions).toEqual([1, 3]);
  });

  it('sends an (aggregate, revision) once, also when the broker stores it twice', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const subscription = await subscribe('subscription { incidentChanged { revision } }');
    const first = await happen(id, 1);
    await happen(id, 2);
    await happen(id, 1, { eventId: first.id, messageId: 'again' });
    await happen(id, 3);
    await subscription.received(3);
    expect(subscription.revisions).toEqual([1, 2, 3]);
  });

  it('keeps going when a subgraph of the selection is down, and says so', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const subscription = await subscribe(
      'subscription { incidentChanged { revision incident { title clocks { name } } } }',
    );
    fixture.subgraphs.sla.trouble = 'reset';
    await happen(id, 1);
    const [{ data, errors }] = await subscription.received(1);
    expect(data.incidentChanged.incident).toEqual({ title: 'Queue lag', clocks: null });
    expect(errors[0].extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'sla' });
    fixture.subgraphs.sla.trouble = 'none';
    await happen(id, 2);
    expect((await subscription.received(2))[1].errors).toBeUndefined();
  });

  it.each(['reset', 'SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED'] as const)(
    'holds an event back while the service that decides who may see it cannot: %s',
    async (trouble) => {
      const { id } = fixture.data.addIncident(fixture.tenantId);
      const subscription = await subscribe('subscription { incidentChanged { revision } }');
      fixture.subgraphs.incidents.trouble = trouble;
      const before = fixture.subgraphs.incidents.graphqlCalls;
      await happen(id, 1);
      await eventually(() => expect(fixture.subgraphs.incidents.graphqlCalls).toBeGreaterThan(before + 1));
      expect(subscription.results).toEqual([]);
      fixture.subgraphs.incidents.trouble = 'none';
      await subscription.received(1);
      expect(subscription.revisions).toEqual([1]);
    },
  );

  it('waits for another service that decides about an argument, too', async () => {
    const incident = fixture.data.addIncident(fixture.tenantId);
    const suggestion = fixture.data.addSuggestion(fixture.tenantId, incident.id);
    const subscription = await subscribe(
      `subscription { rollbackSuggested(serviceId: "${incident.serviceId}") { id revision } }`,
    );
    fixture.subgraphs.incidents.trouble = 'SERVICE_UNAVAILABLE';
    const before = fixture.subgraphs.incidents.graphqlCalls;
    const about = { service: 'changes', aggregateType: 'rollback-suggestion', name: 'rollback-suggested' };
    await happen(suggestion.id, 1, about);
    await eventually(() => expect(fixture.subgraphs.incidents.graphqlCalls).toBeGreaterThan(before + 1));
    expect(subscription.results).toEqual([]);
    fixture.subgraphs.incidents.trouble = 'none';
    await subscription.received(1);
    expect(subscription.revisions).toEqual([1]);
  });

  it('passes over an event that is refused to the subscriber', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const subscription = await subscribe('subscription { incidentChanged { revision } }');
    fixture.subgraphs.incidents.trouble = 'FORBIDDEN';
    const before = fixture.subgraphs.incidents.graphqlCalls;
    await happen(id, 1);
    await eventually(() => expect(fixture.subgraphs.incidents.graphqlCalls).toBe(before + 1));
    fixture.subgraphs.incidents.trouble = 'none';
    await happen(id, 2);
    await subscription.received(1);
    expect(subscription.revisions).toEqual([2]);
  });

  it.each(['reset', 'SERVICE_UNAVAILABLE'] as const)(
    'ends with a place to resume from when that lasts: %s',
    async (trouble) => {
      const { id } = fixture.data.addIncident(fixture.tenantId);
      const query = 'subscription { incidentChanged { revision } }';
      const subscription = await subscribe(query);
      await happen(id, 1);
      await subscription.received(1);
      fixture.subgraphs.incidents.trouble = trouble;
      await happen(id, 2);
      const [error] = await subscription.failed();
      expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_INTERRUPTED', resumeAfter: subscription.cursor });
      fixture.subgraphs.incidents.trouble = 'none';
      const resumed = await subscribe(query, { after: error.extensions.resumeAfter });
      await resumed.received(1);
      expect(resumed.revisions).toEqual([2]);
    },
  );

  it.each([
    [
      'a conditional root field',
      'subscription ($w: Boolean!) { incidentChanged @include(if: $w) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a conditional root fragment',
      'subscription ($w: Boolean!) { ...F @skip(if: $w) } fragment F on Subscription { incidentChanged { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['two root fields', 'subscription { incidentChanged { id } changeChanged { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['introspection at the root', 'subscription { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a fragment that holds itself',
      'subscription { ...F } fragment F on Subscription { ...F }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['too many tokens', `subscription { incidentChanged { ${'id '.repeat(1_500)} } }`, 'GRAPHQL_PARSE_FAILED'],
    ['a wildcard for an id', 'subscription { incidentChanged(id: ">") { id } }', 'BAD_USER_INPUT'],
    ['an id of another kind', `subscription { incidentChanged(id: "${newId('change')}") { id } }`, 'BAD_USER_INPUT'],
    ['a missing variable', 'subscription ($id: ID!) { incidentChanged(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['an unknown priority', 'subscription { incidentChanged(priority: P9) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses %s and keeps the socket', async (_case, query, code) => {
    const living = await subscribe('subscription { incidentChanged { revision } }');
    const refused = client.subscribe(query);
    expect((await refused.failed())[0].extensions.code).toBe(code);
    const { id } = fixture.data.addIncident(fixture.tenantId);
    await happen(id, 1);
    await living.received(1);
  });

  it('runs queries and mutations over the socket, too', async () => {
    const { id } = fixture.data.addIncident(fixture.tenantId);
    const query = client.subscribe('query ($id: ID!) { incident(id: $id) { title clocks { name } } }', {
      variables: { id },
    });
    await query.received(1);
    expect(query.results).toEqual([{ data: { incident: { title: 'Queue lag', clocks: [{ name: 'resolution' }] } } }]);
    const mutation = client.subscribe('mutation ($id: ID!) { renameIncident(id: $id, title: "B") { title } }', {
      variables: { id },
    });
    expect((await mutation.received(1))[0].data).toEqual({ renameIncident: { title: 'B' } });
    const failing = client.subscribe('{ fails }');
    expect((await failing.received(1))[0].errors[0]).toMatchObject({
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    await eventually(() => expect([query, mutation, failing].every(({ completed }) => completed)).toBe(true));
  });

  it('leaves nothing open when quiet subscribers leave', async () => {
    const query = 'subscription { incidentChanged { id } }';
    const leaving = clientWith(fixture.token, gateway.url);
    await Promise.all([1, 2, 3].map(async () => leaving.subscribe(query)));
    await eventually(async () => expect(await log.consumers()).toBe(3));
    await leaving.close();
    await eventually(async () => expect(await log.consumers()).toBe(0));
  });
});
