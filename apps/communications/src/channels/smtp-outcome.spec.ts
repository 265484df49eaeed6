import { describe, expect, it } from '@jest/globals';
import { plainText } from './plain-text.js';
import { outcomeOfFault } from './smtp-outcome.js';

const answered = (code: string, response: string): object => ({
  code,
  response,
  responseCode: Number(response.slice(0, 3)),
});
const early = { kind: 'TEMPORARY', mayHaveArrived: false };
const late = { kind: 'TEMPORARY', mayHaveArrived: true };

describe('what a failed try means', () => {
  it.each<[string, unknown, object]>([
    [
      'an unknown recipient',
      answered('EENVELOPE', '550 5.1.1 no such user'),
      { kind: 'PERMANENT', reason: '550 5.1.1 no such user' },
    ],
    ['a refused message', answered('EMESSAGE', '554 spam'), { kind: 'PERMANENT' }],
    ['a busy mailbox', answered('EENVELOPE', '450 4.2.1 busy'), { ...early, reason: '450 4.2.1 busy' }],
    ['a server that goes away', answered('ECONNECTION', '421 closing'), early],
    ['a refused sender', { ...answered('EENVELOPE', '550 not yours'), command: 'MAIL FROM' }, early],
    ['refused credentials', answered('EAUTH', '535 wrong'), early],
    ['a refused greeting', answered('EPROTOCOL', '554 not you'), early],
    ['nobody there', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, early],
    ['no such host', { code: 'EDNS' }, early],
    ['no TLS', { code: 'ETLS' }, early],
    ['no greeting', { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }, early],
    ['silence', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, late],
    ['the end of our patience', { code: 'EABORT' }, late],
    ['a lost line', { code: 'ECONNECTION' }, late],
    ['a surprise', 'what', late],
  ])('%s', (_name, fault, outcome) => expect(outcomeOfFault(fault)).toMatchObject(outcome));

  it('is told in one line of bounded length, without addresses', () => {
    const outcome = outcomeOfFault(
      answered('EENVELOPE', `550 <ops@example.org>:\r\nno user ops@example.org ${'x'.repeat(500)}`),
    );
    expect(outcome).toMatchObject({ reason: expect.stringMatching(/^550 \(address\) no user \(address\) x{10,}$/) });
    expect('reason' in outcome && outcome.reason).toHaveLength(200);
  });
});

describe('Markdown as the text of a mail', () => {
  it.each([
    ['**INC-1042**: p99 \\> 5s \\*core\\* a\\\\b', '**INC-1042**: p99 > 5s *core* a\\b'],
    [
      'see https\\://evil.example, www\\.evil.example, me\\@evil.example',
      'see https\\://evil.example, www\\.evil.example, me\\@evil.example',
    ],
  ])('%j reads %j', (markdown, text) => expect(plainText(markdown)).toBe(text));
});
