import { describe, expect, it } from '@jest/globals';
import { lead, NOW } from '../../test/an-update.js';
import { emailAddress } from './email-address.js';
import { addSubscriber, removeSubscriber, SUBSCRIBER_LIMIT, type NewSubscriber } from './subscriber.js';

const asked: NewSubscriber = { email: 'Ops@Example.org', audience: 'TECHNICAL', serviceIds: null };
const add = (with_: Partial<NewSubscriber> = {}, count = 0, acting = lead): ReturnType<typeof addSubscriber> =>
  addSubscriber('sub_1', { ...asked, ...with_ }, count, acting, NOW);

describe('an e-mail address', () => {
  it.each([
    [' Ops@Example.ORG ', 'ops@example.org'],
    ["o'brien+status@mail.example.org", "o'brien+status@mail.example.org"],
  ])('%j is kept as %j', (text, kept) => expect(emailAddress(text)).toBe(kept));

  it.each([
    '',
    'ops',
    'ops@localhost',
    'a@b@example.org',
    'ops@example.org, other@example.org',
    'Ops <ops@example.org>',
    'ops@example.org\r\nBcc: x@example.org',
    'o\u0000ps@example.org',
    '.ops@example.org',
    'ops@-example.org',
    '"a b"@example.org',
    `${'x'.repeat(65)}@example.org`,
    `ops@${'x.'.repeat(130)}org`,
    'öps@example.org',
  ])('%j is none', (text) => expect(emailAddress(text)).toBeNull());
});

describe('a subscriber', () => {
  it('is added with the address in one spelling and each service once', () => {
    expect(add({ serviceIds: ['svc_1', 'svc_1'] })).toMatchObject({
      subscriber: { email: 'ops@example.org', audience: 'TECHNICAL', serviceIds: ['svc_1'], removedAt: null },
      facts: [{ kind: 'subscriber-added', addedBy: 'per_1' }],
    });
  });

  it.each([
    ['no address', add({ email: 'nobody' }), 'INVALID_EMAIL'],
    ['no service', add({ serviceIds: [] }), 'INVALID_INPUT'],
    ['a full list', add({}, SUBSCRIBER_LIMIT), 'TOO_MANY_SUBSCRIBERS'],
    ['a responder', add({}, 0, { id: 'per_2', roles: ['responder'] }), 'NOT_ALLOWED'],
    ['a major incident manager', add({}, 0, { id: 'per_2', roles: ['major-incident-manager'] }), 'NOT_ALLOWED'],
  ])('is refused for %s', (_name, answer, code) => expect(answer).toMatchObject({ ok: false, code }));

  it('is removed once, and the address is erased', () => {
    const added = add();
    if (!added.ok) throw new Error(added.code);
    const row = { ...added.subscriber, version: 1 };
    expect(removeSubscriber(row, lead, NOW)).toMatchObject({ changes: { email: null, removedAt: NOW } });
    expect(removeSubscriber({ ...row, email: null, removedAt: NOW }, lead, NOW)).toMatchObject({ ok: true, facts: [] });
  });
});
