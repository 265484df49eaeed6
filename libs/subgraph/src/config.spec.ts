import { describe, expect, it } from '@jest/globals';
import { readSettings } from './config.js';

const key = Buffer.alloc(32, 1).toString('base64');
const good = {
  DATABASE_URL: 'postgres://app@127.0.0.1:5432/graphdesk',
  ENGINE_DATABASE_URL: 'postgresql://engine@127.0.0.1:5432/graphdesk',
  NATS_URL: 'nats://127.0.0.1:4222,nats://127.0.0.2:4222',
  ENVELOPE_KEYS: `new:${key},old:${key}`,
};

describe('settings', () => {
  it('have defaults that listen on this machine alone', () => {
    const settings = readSettings(good);
    expect(settings).toMatchObject({ HOST: '127.0.0.1', PORT: 0, DATABASE_POOL: 8, LOG_LEVEL: 'info' });
    expect(settings.NODE_ENV).toBe('development');
    expect(settings.OWNER_DATABASE_URL).toBeUndefined();
    expect(settings.ENVELOPE_KEYS.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it.each(Object.keys(good))('without %s there is no start, and it is named', (name) => {
    expect(() => readSettings({ ...good, [name]: undefined })).toThrow(new RegExp(`^settings: ${name}: [^;]+$`));
  });

  it.each([
    ['NODE_ENV', 'prod'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'graphdesk'],
    ['DATABASE_URL', 'http://127.0.0.1/graphdesk'],
    ['ENGINE_DATABASE_URL', ''],
    ['OWNER_DATABASE_URL', 'mysql://127.0.0.1/graphdesk'],
    ['DATABASE_POOL', '1'],
    ['DATABASE_POOL', '101'],
    ['NATS_URL', ''],
    ['ENVELOPE_KEYS', ''],
    ['ENVELOPE_KEYS', 'nocolon'],
    ['ENVELOPE_KEYS', 'short:c2hvcnQ='],
    ['ENVELOPE_KEYS', `good:${key},`],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%p is refused and named, without its value', (name, value) => {
    const reading = (): unknown => readSettings({ ...good, [name]: value });
    expect(reading).toThrow(new RegExp(`^settings: ${name}: [^;]+$`));
    if (name.endsWith('_URL') && value) expect(reading).not.toThrow(value);
  });

  it('an empty one counts as missing', () => {
    expect(readSettings({ ...good, HOST: '', PORT: '', OWNER_DATABASE_URL: '' })).toEqual(readSettings(good));
  });

  it('names every fault at once', () => {
    expect(() => readSettings({ PORT: 'x' })).toThrow(
      /PORT.*DATABASE_URL.*ENGINE_DATABASE_URL.*NATS_URL.*ENVELOPE_KEYS/,
    );
  });
});
