import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import {
  eventually,
  startServiceProcess,
  startTestService,
  type ServiceProcess,
  type TestService,
} from '@graphdesk/testing';
import { Lead, mailEnvironment } from './deliveries.js';
import { MailServer } from './mail-server.js';

describe('a communications service that is killed', () => {
  let test: TestService<ServiceProcess>;
  let desk: Lead;
  const mail = new MailServer();
  const settings: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    await mail.open();
    Object.assign(settings, { FAIL_AT: 'delivery.before-send', MAIL_TIMEOUT_MS: '500' });
    test = await startTestService('communications', (environment) =>
      startServiceProcess('communications', { ...environment, ...mailEnvironment(mail.url), ...settings }),
    );
    desk = new Lead(test);
  });

  afterAll(async () => {
    await test?.stop();
    await mail.close();
  });

  /** Sends an update to one recipient; the service dies over it and is started again, to die at another place the next time. */
  const sendAndDie = async (email: string, next: string): Promise<string> => {
    const subscriber = await desk.add(email);
    const id = await desk.approved();
    await desk.send(id);
    expect(await test.service.ended).toBe('signal SIGKILL');
    // From now on tries and leases are long, however slow the machine is.
    Object.assign(settings, { FAIL_AT: next, MAIL_TIMEOUT_MS: '10000' });
    await test.restart();
    await test.sql(`UPDATE communications.subscriber SET audience = 'TECHNICAL' WHERE id = $1`, [subscriber]);
    return id;
  };

  it('between the claim and the sending has the mail sent once, when the lease is over', async () => {
    const email = 'before-send@example.org';
    const id = await sendAndDie(email, 'delivery.before-record#2');
    // Nobody hurries it: the lease of 5 seconds ends by itself.
    await desk.once(id, email, { state: 'SENT', tries: 2, mayBeRepeated: true }, 30_000);
    expect(mail.takenFor(email)).toHaveLength(1);
  });

  it('between the sending and the record has the mail sent twice, and both can be recognised as one', async () => {
    const email = 'before-record@example.org';
    const id = await sendAndDie(email, '');
    await desk.once(id, email, { state: 'CLAIMED', tries: 1, nextTryAt: null });
    expect(mail.takenFor(email)).toHaveLength(1);
    await desk.hurry();
    await desk.once(id, email, { state: 'SENT', tries: 2, mayBeRepeated: true });
    const [first, second, ...more] = mail.takenFor(email);
    expect(more).toEqual([]);
    expect(second).toEqual(first);
    expect(second?.headers['message-id']).toMatch(/^<[0-9a-f]{64}@desk\.example>$/);
  });

  it('has a second beside it: 100 recipients are told once each, and no two processes tell the same one', async () => {
    const tenant = 'ten_01kb0000000000000000000001';
    await test.sql(
      `INSERT INTO communications.subscriber (id, tenant_id, version, email, audience, added_at)
       SELECT id, $2, 1, 'reader-' || place || '@example.org', 'INTERNAL_STAKEHOLDERS', now()
       FROM unnest($1::text[]) WITH ORDINALITY AS made (id, place)`,
      [Array.from({ length: 100 }, () => newId('subscriber')), tenant],
    );
    const second = await startServiceProcess('communications', {
      ...test.environment,
      ...mailEnvironment(mail.url),
      ...settings,
    });
    try {
      const id = await desk.approved();
      await desk.send(id);
      await eventually(
        async () => {
          const states = (await desk.notifications(id)).map(
            ({ state, tries, lastError }) => `${state} ${tries} ${lastError}`,
          );
          expect(states).toEqual(Array.from({ length: 100 }, () => 'SENT 1 null'));
        },
        { timeoutMs: 30_000 },
      );
      const told = mail.taken.map(({ to }) => to).filter((to) => to.startsWith('reader-'));
      expect([told.length, new Set(told).size]).toEqual([100, 100]);
      expect(mail.busiest).toBeGreaterThan(1);
    } finally {
      await second.stop();
    }
  });

  it('says nothing of addresses in its log', () => {
    expect(test.service.log()).not.toContain('@example.org');
  });
});
