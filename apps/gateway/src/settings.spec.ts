import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

const key = `k1:${randomBytes(32).toString('base64')}`;
const least = { AUTH_JWKS: '/keys.json', AUTH_ISSUER: 'https://issuer.test', ENVELOPE_KEYS_SLA: key };

describe('settings', () => {
  it('need little in development', () => {
    const settings = readSettings(least);
    expect(settings).toMatchObject({ production: false, host: '127.0.0.1', port: 4000, audience: 'graphdesk' });
    expect(settings.supergraphFile).toMatch(/apps\/gateway\/supergraph\.graphql$/);
    expect(settings.envelopeKeys.get('SLA')?.[0]?.id).toBe('k1');
  });

  it('name subgraph addresses', () => {
    const { addresses } = readSettings({
      ...least,
      SUBGRAPHS: 'sla=http://10.0.0.1:80, catalog=https://catalog.test/api',
    });
    expect([...addresses]).toEqual([
      ['sla', 'http://10.0.0.1:80'],
      ['catalog', 'https://catalog.test/api'],
    ]);
  });

  it('derive the same cursor key from the same envelope key, and another from another', () => {
    const other = { ...least, ENVELOPE_KEYS_SLA: `k1:${randomBytes(32).toString('base64')}` };
    expect(readSettings(least).cursorKey).toEqual(readSettings(least).cursorKey);
    expect(readSettings(other).cursorKey).not.toEqual(readSettings(least).cursorKey);
    const own = randomBytes(32);
    expect(readSettings({ ...least, CURSOR_KEY: own.toString('base64') }).cursorKey).toEqual(own);
  });

  it.each([
    ['AUTH_JWKS', { AUTH_JWKS: undefined }],
    ['AUTH_ISSUER', { AUTH_ISSUER: '' }],
    ['PORT', { PORT: '70000' }],
    ['SUBGRAPHS', { SUBGRAPHS: 'sla' }],
    ['CURSOR_KEY', { CURSOR_KEY: 'c2hvcnQ=' }],
    ['ENVELOPE_KEYS', { ENVELOPE_KEYS_SLA: undefined }],
    ['ENVELOPE_KEYS', { ENVELOPE_KEYS_SLA: 'k1:c2hvcnQ=' }],
  ])('name %s when it is wrong', (name, wrong) => {
    expect(() => readSettings({ ...least, ...wrong })).toThrow(name);
  });
});
