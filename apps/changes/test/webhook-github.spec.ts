import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import {
  minutesAgo,
  signature,
  startChanges,
  statusBody,
  type Answer,
  type ChangesService,
  type GithubSource,
} from './changes-service.js';

describe('the GitHub webhook', () => {
  let test: ChangesService;
  let github: GithubSource;

  beforeAll(async () => {
    test = await startChanges();
    await test.knownService('billing');
    github = await test.github();
  });

  afterAll(() => test.stop());

  const answerOf = async (response: Response): Promise<unknown> => ({
    status: response.status,
    body: await response.json(),
  });
  const written = async (): Promise<unknown> =>
    test.sql(
      `SELECT (SELECT count(*) FROM changes.outbox) AS events, (SELECT count(*) FROM changes.webhook_delivery) AS taken`,
    );

  const UNAUTHORIZED = {
    status: 401,
    body: { code: 'INVALID_CREDENTIALS', message: 'there is no such source, or the credentials are not its own' },
  };

  it.each<[string, (body: string) => string | undefined]>([
    ['no signature', () => undefined],
    ['an empty signature', () => ''],
    ['a signature of another secret', (body) => signature('another', body)],
    ['a signature of another body', () => signature(github.secret, '{}')],
    ['SHA-1', (body) => signature(github.secret, body).replace('sha256', 'sha1')],
    ['no algorithm', (body) => signature(github.secret, body).slice(7)],
    ['a signature cut short', (body) => signature(github.secret, body).slice(0, -2)],
    ['a signature with more behind it', (body) => `${signature(github.secret, body)}00`],
    ['zeros', () => `sha256=${'0'.repeat(64)}`],
    ['the secret itself', () => `sha256=${github.secret}`],
  ])('%s is refused and leaves nothing behind', async (_case, sign) => {
    const body = JSON.stringify(statusBody({}));
    const before = await written();
    const response = await github.send('deployment_status', body, { 'x-hub-signature-256': sign(body) });
    expect(await answerOf(response)).toEqual(UNAUTHORIZED);
    expect(await written()).toEqual(before);
  });

  it.each([newId('intakeSource'), 'src_1', 'nobody', '%00', newId('change')])(
    'a source that does not exist (%s) gets the answer of a wrong signature',
    async (sourceId) => {
      const body = JSON.stringify(statusBody({}));
      const headers = { 'x-github-event': 'deployment_status', 'x-hub-signature-256': signature(github.secret, body) };
      expect(await answerOf(await test.hook(`/hooks/github/${sourceId}`, body, headers))).toEqual(UNAUTHORIZED);
    },
  );

  it('the secret of one source opens no other', async () => {
    const other = await test.github();
    const body = JSON.stringify(statusBody({}));
    const response = await github.send('deployment_status', body, {
      'x-hub-signature-256': signature(other.secret, body),
    });
    expect(response.status).toBe(401);
  });

  it('the secret is stored sealed, and opens for its own row alone', async () => {
    const [row] = await test.sql<{ sealed_secret: string }>(
      'SELECT sealed_secret FROM changes.deployment_source WHERE id = $1',
      [github.id],
    );
    expect(row?.sealed_secret).toMatch(/^v1\./);
    expect(row?.sealed_secret).not.toContain(github.secret);
    const other = await test.github();
    await test.sql('UPDATE changes.deployment_source SET sealed_secret = $1 WHERE id = $2', [
      row?.sealed_secret,
      other.id,
    ]);
    expect((await other.send('ping', {})).status).toBe(500);
    expect(JSON.stringify(await test.sql('SELECT envelope FROM changes.outbox'))).not.toContain(github.secret);
  });

  it('signed over the raw body: white space and key order are the sender’s', async () => {
    const body = JSON.stringify(statusBody({ at: minutesAgo(1) }), undefined, 4);
    expect((await github.send('deployment_status', body)).status).toBe(200);
  });

  it.each([
    ['ping', 200, { outcome: 'PONG' }],
    ['push', 202, { outcome: 'IGNORED' }],
    ['toString', 202, { outcome: 'IGNORED' }],
  ])('the event %s is answered with %p', async (event, status, body) => {
    expect(await answerOf(await github.send(event, { zen: 'Keep it simple.' }))).toEqual({ status, body });
  });

  const malformed = (change: (body: Answer) => void): string => {
    const body = structuredClone(statusBody({}));
    change(body);
    return JSON.stringify(body);
  };

  it.each<[string, string, string, string?]>([
    ['no JSON', '{', ''],
    ['nothing', '', ''],
    ['a list', '[]', ''],
    ['an unknown state', malformed((body) => (body.deployment_status.state = 'exploded')), 'deployment_status.state'],
    ['no status', malformed((body) => delete body.deployment_status), 'deployment_status'],
    ['no time', malformed((body) => delete body.deployment_status.updated_at), 'deployment_status.updated_at'],
    [
      'a time that is none',
      malformed((body) => (body.deployment_status.updated_at = 'now')),
      'deployment_status.updated_at',
    ],
    ['no id', malformed((body) => delete body.deployment.id), 'deployment.id'],
    [
      'a repository without owner',
      malformed((body) => (body.repository.full_name = 'billing')),
      'repository.full_name',
    ],
    ['a payload of numbers', malformed((body) => (body.deployment.payload = 7)), 'deployment.payload'],
    [
      'an environment too long',
      malformed((body) => (body.deployment_status.environment = 'x'.repeat(101))),
      'environment',
      'INVALID_INPUT',
    ],
    [
      'a zero character',
      malformed((body) => (body.deployment_status.environment = 'a\0')),
      'environment',
      'INVALID_INPUT',
    ],
    [
      'a time to come',
      malformed((body) => (body.deployment_status.updated_at = minutesAgo(-60).toISOString())),
      'reportedAt',
      'INVALID_INPUT',
    ],
  ])(
    'a body with %s is refused with its path and leaves nothing behind',
    async (_case, body, path, code = 'INVALID_PAYLOAD') => {
      const before = await written();
      const response = await github.send('deployment_status', body);
      expect(await answerOf(response)).toMatchObject({
        status: 400,
        body: { code, path, message: expect.any(String) },
      });
      expect(await written()).toEqual(before);
    },
  );

  it.each(['x-github-delivery', 'x-github-event'])('without %s it is refused', async (header) => {
    const response = await github.send('deployment_status', statusBody({}), { [header]: undefined });
    expect(await answerOf(response)).toMatchObject({ status: 400, body: { code: 'MISSING_HEADER', path: header } });
  });

  it('more than 2 MiB is refused, a little less is not', async () => {
    const sized = (bytes: number): string => JSON.stringify({ ...statusBody({}), padding: 'x'.repeat(bytes) });
    expect((await github.send('deployment_status', sized(2 * 1024 * 1024))).status).toBe(413);
    expect((await github.send('deployment_status', sized(2 * 1024 * 1024 - 2_000))).status).toBe(200);
  });

  it('a delivery takes effect once, however often and at once it comes', async () => {
    const delivery = { 'x-github-delivery': randomUUID() };
    const body = statusBody({ id: 4_711, environment: 'staging' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => (await github.send('deployment_status', body, delivery)).json()),
    );
    const outcomes = answers.map((answer) => (answer as { outcome: string }).outcome).sort();
    expect(outcomes).toEqual(['RECORDED', 'REPEATED', 'REPEATED', 'REPEATED', 'REPEATED']);
    expect(
      await test.sql(
        `SELECT o.envelope->>'type' AS type FROM changes.outbox o JOIN changes.deployment d ON d.id = o.aggregate_id
         WHERE d.external_id = '4711' ORDER BY o.seq`,
      ),
    ).toEqual([
      { type: 'graphdesk.changes.deployment-recorded.v1' },
      { type: 'graphdesk.changes.deployment-moved.v1' },
    ]);
  });

  it('the same delivery id of another source is another delivery', async () => {
    const other = await test.github();
    const delivery = randomUUID();
    expect(await github.deploy({ delivery })).toMatchObject({ outcome: 'RECORDED' });
    expect(await other.deploy({ delivery })).toMatchObject({ outcome: 'RECORDED' });
  });
});
