import { describe, expect, it } from '@jest/globals';
import { readMailSettings } from './mail-settings.js';

const sender = { MAIL_FROM: 'Status desk <Status@Example.org>' };
const read = (SMTP_URL: string, more: NodeJS.ProcessEnv = {}): ReturnType<typeof readMailSettings> =>
  readMailSettings({ ...sender, SMTP_URL, ...more });

describe('the settings of mail', () => {
  it('may all be missing: then there is no mail', () => {
    expect(readMailSettings({})).toBeNull();
    expect(readMailSettings({ SMTP_URL: '', MAIL_FROM: '' })).toBeNull();
  });

  it('are read', () => {
    expect(read('smtps://us%40er:p%3Ass@mail.example.org', { MAIL_TIMEOUT_MS: '5000' })).toEqual({
      host: 'mail.example.org',
      port: 465,
      tls: 'implicit',
      auth: { user: 'us@er', pass: 'p:ss' },
      from: { name: 'Status desk', address: 'status@example.org' },
      timeoutMs: 5_000,
    });
    expect(read('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525, tls: 'optional', auth: null });
  });

  it('in production want an encrypted line unless told otherwise', () => {
    const production = { NODE_ENV: 'production' };
    expect(read('smtp://mail.example.org', production)).toMatchObject({ port: 587, tls: 'required' });
    expect(read('smtp://relay.example.org:25?tls=optional', production)).toMatchObject({ tls: 'optional' });
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['half of it', { SMTP_URL: 'smtp://mail.example.org' }, 'MAIL_FROM: '],
    ['the other half', sender, 'SMTP_URL: '],
    [
      'no mail server',
      { ...sender, SMTP_URL: 'https://mail.example.org' },
      'SMTP_URL: must be an smtp:// or smtps:// URL',
    ],
    ['a path', { ...sender, SMTP_URL: 'smtp://mail.example.org/x' }, 'SMTP_URL: has a path'],
    [
      'a parameter',
      { ...sender, SMTP_URL: 'smtp://mail.example.org?pool=1' },
      'SMTP_URL: has a parameter other than tls',
    ],
    ['tls of smtps', { ...sender, SMTP_URL: 'smtps://mail.example.org?tls=optional' }, 'SMTP_URL: tls says nothing'],
    ['another tls', { ...sender, SMTP_URL: 'smtp://mail.example.org?tls=no' }, 'SMTP_URL: tls must be'],
    ['a bad escape', { ...sender, SMTP_URL: 'smtp://a%ZZ:b@mail.example.org' }, 'SMTP_URL: user and password must be'],
    [
      'a password in the clear',
      { ...sender, NODE_ENV: 'production', SMTP_URL: 'smtp://a:hush@mail.example.org?tls=optional' },
      'SMTP_URL: would send its password unencrypted',
    ],
    [
      'two senders',
      { SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'a@example.org, b@example.org' },
      'MAIL_FROM: must',
    ],
    ['a line end', { SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'A\nB <a@example.org>' }, 'MAIL_FROM: must'],
    ['no time', { ...sender, SMTP_URL: 'smtp://mail.example.org', MAIL_TIMEOUT_MS: 'soon' }, 'MAIL_TIMEOUT_MS: '],
  ])('with %s end the start by name, and tell no value', (_name, environment, said) => {
    let message = '';
    try {
      readMailSettings(environment);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`settings: ${said}`);
    expect(message).not.toContain('hush');
  });
});
