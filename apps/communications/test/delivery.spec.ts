import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { startSubgraph } from '@graphdesk/subgraph';
import { eventually, publishEvents, startTestService, type Startable, type TestService } from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { Lead, lead, mailEnvironment } from './deliveries.js';
import { MailServer, type Behaviour } from './mail-server.js';
import { IncidentTold, registeredService } from './told-events.js';

describe('an approved update', () => {
  let test: TestService<Startable>;
  let mail: MailServer;
  let desk: Lead;
  let count = 0;
  /** An address nobody else uses, on the list for the incidents of a service that nobody else uses. */
  const recipient = async (serviceId: string): Promise<string> => {
    count += 1;
    const email = `reader-${count}@example.org`;
    await desk.add(email, { serviceIds: [serviceId] });
    return email;
  };
  const service = async (): Promise<string> => {
    const id = newId('service');
    await publishEvents(test.nats.url, [registeredService(id, 'Billing')]);
    const sql = 'SELECT 1 FROM communications.service WHERE id = $1';
    await eventually(async () => expect(await test.sql(sql, [id])).toHaveLength(1));
    return id;
  };
  /** An update, sent to one recipient at whom the server behaves like this. */
  const sent = async (...behaviours: readonly Behaviour[]): Promise<{ id: string; email: string }> => {
    const serviceId = await service();
    const email = await recipient(serviceId);
    mail.behave(email, ...behaviours);
    const id = await desk.approved(new IncidentTold({ serviceId }));
    expect(await desk.send(id)).toMatchObject({ stakeholderUpdate: { state: 'SENT' }, errors: [] });
    return { id, email };
  };

  beforeAll(async () => {
    mail = await new MailServer().open();
    Object.assign(process.env, mailEnvironment(mail.url));
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
    desk = new Lead(test);
  });

  afterAll(async () => {
    await test.stop();
    await mail.close();
  });

  it('reaches everybody whom it concerns, once, however often it is sent', async () => {
    const [serviceId, other] = [await service(), await service()];
    const concerned = [await recipient(serviceId), await recipient(serviceId)];
    const unconcerned = [await recipient(other), 'end-users@example.org'];
    await desk.add('end-users@example.org', { audience: 'END_USERS' });
    const id = await desk.approved(new IncidentTold({ serviceId, number: 1042, title: 'Lag \r\nBcc: x@evil.example' }));
    for (let times = 0; times < 3; times += 1)
      expect(await desk.send(id)).toMatchObject({ stakeholderUpdate: { state: 'SENT', revision: 3 }, errors: [] });
    for (const email of concerned) await desk.once(id, email, { state: 'SENT', tries: 1, mayBeRepeated: false });
    expect(await desk.notifications(id)).toHaveLength(2);
    expect(concerned.map((email) => mail.takenFor(email).length)).toEqual([1, 1]);
    expect(unconcerned.flatMap((email) => mail.takenFor(email))).toEqual([]);

    const [taken] = mail.takenFor(concerned[0] ?? '');
    const keys = await test.sql<{ key: string }>('SELECT key FROM communications.notification WHERE update_id = $1', [
      id,
    ]);
    expect(taken?.headers).toMatchObject({
      from: 'Status <status@desk.example>',
      to: concerned[0],
      subject: 'INC-1042: we are investigating a disruption of Billing',
      'auto-submitted': 'auto-generated',
      'message-id': `<${taken?.headers['x-graphdesk-notification']}@desk.example>`,
    });
    expect(keys.map(({ key }) => key)).toContain(taken?.headers['x-graphdesk-notification']);
    expect(taken?.text).toContain('**INC-1042**: Lag Bcc: x\\@evil.example.');
  });

  it('tells its story on its timeline, and no event of it holds an address', async () => {
    const { id, email } = await sent('550');
    await desk.once(id, email, { state: 'FAILED' });
    const query = `query ($id: ID!) { stakeholderUpdate(id: $id) { sentAt sentBy { id } timeline { kind text }
      notifications { timeline { kind text revision } subscriber { timeline { text } } } } }`;
    const { data } = await test.graphql(lead, query, { id });
    expect(data?.['stakeholderUpdate']).toMatchObject({
      sentBy: { id: lead.id },
      timeline: [
        { kind: 'UPDATE_DRAFTED' },
        { kind: 'UPDATE_APPROVED' },
        { text: 'Handed over to be delivered; recipients: 1' },
      ],
      notifications: [
        {
          timeline: [
            { text: 'Queued', revision: 1 },
            { text: 'Try 1', revision: 2 },
            { text: 'Given up: 550 no user (address)', revision: 3 },
          ],
          subscriber: { timeline: [{ text: 'Added for INTERNAL_STAKEHOLDERS' }] },
        },
      ],
    });
    const books = await test.sql<{ text: string }>(
      `SELECT envelope::text AS text FROM communications.outbox UNION ALL SELECT detail::text FROM communications.timeline_entry`,
    );
    expect(books.filter(({ text }) => text.includes(email))).toEqual([]);
  });

  it('that the server refuses for one recipient fails for that one alone, without another try', async () => {
    const serviceId = await service();
    const [bad, good] = [await recipient(serviceId), await recipient(serviceId)];
    mail.behave(bad, '550');
    const id = await desk.approved(new IncidentTold({ serviceId }));
    await desk.send(id);
    await desk.once(id, good, { state: 'SENT' });
    await desk.once(id, bad, { state: 'FAILED', tries: 1, lastError: '550 no user (address)', nextTryAt: null });
    expect(mail.takenFor(bad)).toEqual([]);
  });

  it('whose sender the server refuses is tried again: our settings may be mended', async () => {
    mail.refusesSender = { code: 530, text: '5.7.0 log in first' };
    const { id, email } = await sent();
    const error = expect.stringContaining('530 5.7.0 log in first');
    await desk.once(id, email, { state: 'CLAIMED', tries: 1, lastError: error, mayBeRepeated: false });
    mail.refusesSender = null;
    await desk.hurry();
    await desk.once(id, email, { state: 'SENT', tries: 2 });
  });

  it('that the server cannot take now is tried again a minute later', async () => {
    const { id, email } = await sent('450');
    const waiting = await desk.once(id, email, { state: 'CLAIMED', lastError: expect.stringContaining('450') });
    const wait = Date.parse(waiting.nextTryAt ?? '') - Date.parse(waiting.queuedAt);
    expect([wait >= 60_000, wait < 70_000]).toEqual([true, true]);
    await desk.hurry();
    await desk.once(id, email, { state: 'SENT', tries: 2, mayBeRepeated: false, lastError: null, nextTryAt: null });
    expect(mail.takenFor(email)).toHaveLength(1);
  });

  it('that the server keeps refusing for now is given up after 5 tries', async () => {
    const { id, email } = await sent('450', '450', '450', '450', '450', '450');
    await eventually(async () => {
      await desk.hurry();
      await desk.once(id, email, { state: 'FAILED', tries: 5 }, 100);
    });
    expect(mail.named.get(email)).toBe(5);
  });

  it.each([
    ['never answers', 'HANG', 'in time'],
    ['drops the line before its answer', 'DROP_BEFORE', 'lost'],
  ] as const)(
    'whose mail the server takes and %s may be repeated, under the same name',
    async (_name, behaviour, why) => {
      const { id, email } = await sent(behaviour);
      const error = expect.stringContaining(why);
      await desk.once(id, email, { state: 'CLAIMED', tries: 1, mayBeRepeated: true, lastError: error });
      await desk.hurry();
      await desk.once(id, email, { state: 'SENT', tries: 2, mayBeRepeated: true });
      expect([mail.named.get(email), mail.takenFor(email).length]).toEqual([2, 1]);
    },
  );

  it('whose mail the server takes before it drops the line is sent, once', async () => {
    const { id, email } = await sent('DROP_AFTER');
    await desk.once(id, email, { state: 'SENT', tries: 1, mayBeRepeated: false });
    await desk.hurry();
    expect(await test.sql('SELECT 1 FROM communications.timer')).toEqual([]);
    expect(mail.takenFor(email)).toHaveLength(1);
  });

  it('is not sent to somebody who was taken off the list before their turn came', async () => {
    const { id, email } = await sent('450');
    const { subscriber } = await desk.once(id, email, { state: 'CLAIMED', lastError: expect.any(String) });
    expect(subscriber.email).toBe(email);
    const [row] = await test.sql<{ id: string }>('SELECT id FROM communications.subscriber WHERE email = $1', [email]);
    const remove = `mutation ($id: ID!) { removeSubscriber(id: $id) { subscriber { email removedAt } errors { code } } }`;
    expect((await test.graphql(lead, remove, { id: row?.id })).data).toMatchObject({
      removeSubscriber: { subscriber: { email: null, removedAt: expect.any(String) }, errors: [] },
    });
    await desk.hurry();
    await eventually(async () =>
      expect(await desk.notifications(id)).toMatchObject([{ state: 'FAILED', subscriber: { email: null } }]),
    );
    expect(mail.takenFor(email)).toEqual([]);
  });

  it('for nobody is not sent', async () => {
    const id = await desk.approved(new IncidentTold({ serviceId: await service() }));
    expect(await desk.send(id)).toEqual({ stakeholderUpdate: null, errors: [{ code: 'NO_RECIPIENTS' }] });
  });

  it('does not come of an imported incident: its history is written to nobody', async () => {
    const before = mail.taken.length;
    await desk.add('everything@example.org');
    const imported = new IncidentTold({ origin: 'IMPORT' }).reprioritized('P1').resolved();
    const real = new IncidentTold();
    await publishEvents(test.nats.url, imported.events);
    const id = await desk.approved(real);
    await desk.send(id);
    await desk.once(id, 'everything@example.org', { state: 'SENT' });
    const sql = 'SELECT 1 FROM communications.stakeholder_update WHERE incident_id = $1';
    expect(await test.sql(sql, [imported.id])).toEqual([]);
    expect(mail.taken.length).toBe(before + 1);
  });
});
