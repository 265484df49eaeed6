import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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
import { IncidentTold } from './told-events.js';

const lead = actorOf(['communications-lead']);
const responder = actorOf(['responder']);

const FIELDS = `{ stakeholderUpdate { state subject body audience revision approvedAt approvedBy { id } editedBy { id } }
  errors { code path ... on InvalidTransition { from allowed } } }`;
const ACTS = {
  edit: `mutation ($id: ID!, $input: EditUpdateInput = {}) { result: editUpdate(id: $id, input: $input) ${FIELDS} }`,
  approve: `mutation ($id: ID!) { result: approveUpdate(id: $id) ${FIELDS} }`,
  discard: `mutation ($id: ID!) { result: discardUpdate(id: $id) ${FIELDS} }`,
  send: `mutation ($id: ID!) { result: sendUpdate(id: $id) ${FIELDS} }`,
} as const;

describe('updates', () => {
  let test: TestService<Startable>;
  let id: string;

  beforeAll(async () => {
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
  });

  afterAll(() => test.stop());

  beforeEach(async () => {
    const incident = new IncidentTold();
    await publishEvents(test.nats.url, incident.events);
    id = await eventually(async () => {
      const sql = 'SELECT id FROM communications.stakeholder_update WHERE incident_id = $1';
      const [row] = await test.sql<{ id: string }>(sql, [incident.id]);
      if (!row) throw new Error('no draft yet');
      return row.id;
    });
  });

  const run = async (act: keyof typeof ACTS, variables: object = {}, actor = lead): Promise<unknown> => {
    const { data, errors } = await test.graphql(actor, ACTS[act], { id, ...variables });
    expect(errors).toBeUndefined();
    return data?.['result'];
  };

  const eventsOf = async (): Promise<string[]> => {
    const sql = `SELECT split_part(envelope->>'type', '.', 3) AS type FROM communications.outbox
      WHERE aggregate_id = $1 ORDER BY aggregate_version`;
    return (await test.sql<{ type: string }>(sql, [id])).map(({ type }) => type);
  };

  it('a draft is edited, approved by somebody who answers for it, and keeps its words from then on', async () => {
    const input = { subject: 'Payments are slow', body: 'We are *on it*.', audience: 'END_USERS' };
    expect(await run('edit', { input })).toMatchObject({
      stakeholderUpdate: { ...input, state: 'DRAFT', revision: 2, editedBy: { id: lead.id } },
      errors: [],
    });
    for (let times = 0; times < 2; times += 1)
      expect(await run('approve')).toMatchObject({
        stakeholderUpdate: { ...input, state: 'APPROVED', revision: 3, approvedBy: { id: lead.id } },
        errors: [],
      });
    expect(await run('edit', { input: { body: 'Too late.' } })).toEqual({
      stakeholderUpdate: null,
      errors: [{ code: 'NOT_A_DRAFT', path: [] }],
    });
    expect(await eventsOf()).toEqual(['update-drafted', 'update-edited', 'update-approved']);
  });

  it('without a mail server nothing is sent: an approved update says so and stays as it is', async () => {
    expect(await run('send')).toMatchObject({
      errors: [{ code: 'INVALID_TRANSITION', from: 'DRAFT', allowed: ['APPROVED', 'DISCARDED'] }],
    });
    await run('approve');
    expect(await run('send')).toEqual({ stakeholderUpdate: null, errors: [{ code: 'NO_CHANNEL', path: [] }] });
    expect(await eventsOf()).toEqual(['update-drafted', 'update-approved']);
  });

  it('what is discarded stays discarded', async () => {
    expect(await run('discard')).toMatchObject({ stakeholderUpdate: { state: 'DISCARDED', revision: 2 }, errors: [] });
    expect(await run('discard')).toMatchObject({ stakeholderUpdate: { revision: 2 }, errors: [] });
    expect(await run('approve')).toMatchObject({
      errors: [{ code: 'INVALID_TRANSITION', from: 'DISCARDED', allowed: [] }],
    });
    expect(await eventsOf()).toEqual(['update-drafted', 'update-discarded']);
  });

  it.each([
    [{ subject: ' ' }, ['subject']],
    [{ subject: 'two\nlines' }, ['subject']],
    [{ body: '' }, ['body']],
  ])('an edit to %j is refused', async (input, path) => {
    expect(await run('edit', { input })).toEqual({
      stakeholderUpdate: null,
      errors: [{ code: 'INVALID_INPUT', path }],
    });
    expect(await eventsOf()).toEqual(['update-drafted']);
  });

  it.each(['edit', 'approve', 'discard', 'send'] as const)('a responder may read, but not %s', async (act) => {
    const variables = act === 'edit' ? { input: { body: 'mine' } } : {};
    expect(await run(act, variables, responder)).toEqual({
      stakeholderUpdate: null,
      errors: [{ code: 'NOT_ALLOWED', path: [] }],
    });
    const { data } = await test.graphql(responder, `query ($id: ID!) { stakeholderUpdate(id: $id) { state } }`, { id });
    expect(data).toEqual({ stakeholderUpdate: { state: 'DRAFT' } });
  });

  it('an update that does not exist is not found', async () => {
    const missing = { id: 'upd_01kb0000000000000000000009' };
    expect(await run('approve', missing)).toMatchObject({ stakeholderUpdate: null, errors: [{ code: 'NOT_FOUND' }] });
  });

  it('lists are paged, newest first, and can be cut to a state', async () => {
    await run('approve');
    const query = `query ($after: String, $state: [UpdateState!]) { stakeholderUpdates(first: 2, after: $after, filter: { state: $state }) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const listed: string[] = [];
    for (let after: string | null = null; ;) {
      const { data } = await test.graphql(responder, query, { after });
      const page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        data?.['stakeholderUpdates'];
      listed.push(...page.nodes.map((node) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const all = await test.sql<{ id: string }>('SELECT id FROM communications.stakeholder_update ORDER BY id DESC');
    expect(listed).toEqual(all.map((row) => row.id));
    const { data } = await test.graphql(responder, query, { state: 'APPROVED' });
    expect(data?.['stakeholderUpdates'].nodes[0]).toEqual({ id });
  });
});
