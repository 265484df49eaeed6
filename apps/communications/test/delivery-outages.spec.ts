import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSubgraph } from '@graphdesk/subgraph';
import { freePort, startTestService, type Startable, type TestService } from '@graphdesk/testing';
import { communications } from '../src/communications.module.js';
import { Lead, mailEnvironment } from './deliveries.js';
import { MailServer, startSilentServer } from './mail-server.js';

const READER = 'reader@example.org';

describe('a mail server', () => {
  let test: TestService<Startable>;
  let desk: Lead;
  let port: number;
  const mail = new MailServer();

  beforeAll(async () => {
    port = await freePort();
    Object.assign(process.env, mailEnvironment(`smtp://127.0.0.1:${port}`));
    test = await startTestService('communications', (environment) => startSubgraph(communications, environment));
    desk = new Lead(test);
    await desk.add(READER);
  });

  afterAll(async () => {
    await test.stop();
    await mail.close();
  });

  it('that is away, then silent, then back gets the mail once, and cannot have had it before', async () => {
    const id = await desk.approved();
    await desk.send(id);
    const away = { state: 'CLAIMED', tries: 1, lastError: 'the mail server cannot be reached', mayBeRepeated: false };
    await desk.once(id, READER, away);
    const silent = await startSilentServer(port);
    await desk.hurry();
    await desk.once(id, READER, {
      tries: 2,
      lastError: 'the mail server did not answer in time',
      mayBeRepeated: false,
    });
    await silent.stop();
    await mail.open(port);
    await desk.hurry();
    await desk.once(id, READER, { state: 'SENT', tries: 3, mayBeRepeated: false });
    expect(mail.takenFor(READER)).toHaveLength(1);
  });

  it('that says nothing holds up the end of the service for a moment only, and the mail is tried again', async () => {
    process.env['MAIL_TIMEOUT_MS'] = '60000';
    await test.restart();
    mail.behave(READER, 'HANG');
    const id = await desk.approved();
    await desk.send(id);
    await desk.once(id, READER, { state: 'CLAIMED', tries: 1, nextTryAt: null, lastError: null });
    const begun = performance.now();
    await test.restart();
    expect(performance.now() - begun).toBeLessThan(30_000);
    await desk.once(id, READER, { state: 'CLAIMED', tries: 1, nextTryAt: expect.any(String), mayBeRepeated: true });
    await desk.hurry();
    await desk.once(id, READER, { state: 'SENT', tries: 2, mayBeRepeated: true });
  });
});
