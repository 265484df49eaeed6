import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { startSubgraph } from '@graphdesk/subgraph';
import {
  actorOf,
  eventually,
  publishEvents,
  startTestService,
  type Startable,
  type TestService,
} from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { lead } from './deliveries.js';
import { registeredService } from './told-events.js';

const ADD = `mutation ($input: AddSubscriberInput!) { result: addSubscriber(input: $input) {
  subscriber { id email audience services { id } revision removedAt timeline { kind actorId } } errors { code path retryable } } }`;
const REMOVE = `mutation ($id: ID!) { result: removeSubscriber(id: $id) {
  subscriber { id email revision removedAt timeline { kind } } errors { code } } }`;
const LIST = `query ($filter: SubscriberFilterInput) { subscribers(filter: $filter) { nodes { id email } } }`;

describe('the list of those who are told', () => {
  let test: TestService<Startable>;

  beforeAll(async () => {
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
  });

  afterAll(() => test.stop());

  const run = async (mutation: string, variables: Record<string, unknown>, actor = lead) => {
    const { data, errors } = await test.graphql(actor, mutation, variables);
    expect(errors).toBeUndefined();
    return data?.['result'];
  };
  const emails = async (filter: object = {}): Promise<string[]> => {
    const { data } = await test.graphql(lead, LIST, { filter });
    return data?.['subscribers'].nodes.map(({ email }: { email: string }) => email);
  };

  it('takes an address once for each audience, under one spelling', async () => {
    const input = { email: ' Ops@Example.org ' };
    expect(await run(ADD, { input })).toEqual({
      subscriber: {
        id: expect.stringMatching(/^sub_/),
        email: 'ops@example.org',
        audience: 'INTERNAL_STAKEHOLDERS',
        services: null,
        revision: 1,
        removedAt: null,
        timeline: [{ kind: 'SUBSCRIBER_ADDED', actorId: lead.id }],
      },
      errors: [],
    });
    expect(await run(ADD, { input: { email: 'ops@EXAMPLE.org' } })).toEqual({
      subscriber: null,
      errors: [{ code: 'SUBSCRIBER_EXISTS', path: ['email'], retryable: false }],
    });
    expect(await run(ADD, { input: { ...input, audience: 'TECHNICAL' } })).toMatchObject({ errors: [] });
    expect(await emails({ audience: ['TECHNICAL'] })).toEqual(['ops@example.org']);
  });

  it('takes services that the catalog has told of, and no others', async () => {
    const [known, unknown] = [newId('service'), newId('service')];
    await publishEvents(test.nats.url, [registeredService(known, 'Billing')]);
    const input = { email: 'billing@example.org', serviceIds: [known] };
    const added = await eventually(async () => {
      const result = await run(ADD, { input });
      expect(result.errors).toEqual([]);
      return result.subscriber;
    });
    expect(added.services).toEqual([{ id: known }]);
    expect(await run(ADD, { input: { email: 'other@example.org', serviceIds: [known, unknown] } })).toEqual({
      subscriber: null,
      errors: [{ code: 'UNKNOWN_REFERENCE', path: ['serviceIds'], retryable: true }],
    });
  });

  it('forgets the address of whoever is removed, and takes it again', async () => {
    const input = { email: 'leaving@example.org' };
    const { subscriber } = await run(ADD, { input });
    for (let times = 0; times < 2; times += 1)
      expect(await run(REMOVE, { id: subscriber.id })).toEqual({
        subscriber: {
          id: subscriber.id,
          email: null,
          revision: 2,
          removedAt: expect.any(String),
          timeline: [{ kind: 'SUBSCRIBER_ADDED' }, { kind: 'SUBSCRIBER_REMOVED' }],
        },
        errors: [],
      });
    expect(await emails()).not.toContain('leaving@example.org');
    expect(await emails({ removed: true })).toEqual([null]);
    const dump = `SELECT to_jsonb(s)::text AS row FROM communications.subscriber s WHERE id = $1
      UNION ALL SELECT envelope::text FROM communications.outbox UNION ALL SELECT to_jsonb(t)::text FROM communications.timeline_entry t`;
    const rows = await test.sql<{ row: string }>(dump, [subscriber.id]);
    expect(rows.filter(({ row }) => row.includes('@'))).toEqual([]);
    expect(await run(ADD, { input })).toMatchObject({ subscriber: { email: 'leaving@example.org' } });
  });

  it.each([['responder'], ['major-incident-manager'], ['requester']] as const)(
    'is not changed by a %s',
    async (role) => {
      const errors = [{ code: 'NOT_ALLOWED', path: [], retryable: false }];
      expect(await run(ADD, { input: { email: 'me@example.org' } }, actorOf([role]))).toEqual({
        subscriber: null,
        errors,
      });
    },
  );

  it.each([['responder'], ['requester'], ['partner'], ['operator']] as const)('is not shown to a %s', async (role) => {
    const { data, errors } = await test.graphql(actorOf([role]), LIST, {});
    expect([data, errors?.[0]?.extensions?.code]).toEqual([null, 'FORBIDDEN']);
  });

  it('has room for 500, counted one after the other', async () => {
    const full = actorOf(['admin'], { tenantId: 'ten_01kb0000000000000000000007' });
    await test.sql(
      `INSERT INTO communications.subscriber (id, tenant_id, version, email, audience, added_at)
       SELECT 'sub_' || n, $1, 1, n || '@example.org', 'TECHNICAL', now() FROM generate_series(1, 498) n`,
      [full.tenantId],
    );
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, n) => run(ADD, { input: { email: `late-${n}@example.org` } }, full)),
    );
    const codes = results.map(({ errors }) => errors[0]?.code ?? 'ADDED').sort();
    expect(codes).toEqual(['ADDED', 'ADDED', ...Array.from({ length: 4 }, () => 'TOO_MANY_SUBSCRIBERS')]);
  });

  it('without a mail server, nothing can be sent: the service still starts', () => {
    expect(() => communications.checkSettings?.({})).not.toThrow();
    expect(() => communications.checkSettings?.({ SMTP_URL: 'smtp://mail.example.org' })).toThrow('MAIL_FROM');
  });
});
