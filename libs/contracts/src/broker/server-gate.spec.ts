import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { brokerRules, brokerSettings } from './broker-settings.js';
import { enforceBrokerRules, judgeBroker, type BrokerFacts } from './server-gate.js';

const good: BrokerFacts = { version: '2.12.3', replicas: 3, sync: 'ALWAYS' };
const rulesFrom = (settings: Record<string, string>, production = true): ReturnType<typeof brokerRules> =>
  brokerRules(z.object(brokerSettings).parse(settings), production);

describe('a broker in production', () => {
  it('is taken with a recommended server, three replicas and every message on the disk', () => {
    expect(judgeBroker(good, rulesFrom({}))).toEqual({ refusals: [], warnings: [] });
  });

  it.each([
    ['2.9.10', 'refused'],
    ['2.10.22', 'refused'],
    ['2.10.23-RC.1', 'refused'],
    ['unreadable', 'refused'],
    ['2.10.23', 'warned of'],
    ['2.11.9', 'warned of'],
    ['2.12.3-RC.2', 'warned of'],
    ['2.12.3', 'taken'],
    ['2.14.0', 'taken'],
    ['3.0.0', 'taken'],
  ])('of version %s is %s', (version, outcome) => {
    const { refusals, warnings } = judgeBroker({ ...good, version }, rulesFrom({}));
    expect([refusals.length, warnings.length]).toEqual([
      Number(outcome === 'refused'),
      Number(outcome === 'warned of'),
    ]);
  });

  it.each<[Partial<BrokerFacts>, string]>([
    [{ version: '2.9.10' }, 'NATS_ALLOW_OLD_SERVER'],
    [{ replicas: 1 }, 'NATS_ALLOW_SINGLE_REPLICA'],
    [{ sync: 'AT_INTERVALS' }, 'NATS_ALLOW_UNSYNCED'],
  ])('with %p is refused with a remedy, and taken with a warning when %s says so', (fault, setting) => {
    const facts = { ...good, ...fault };
    const { refusals } = judgeBroker(facts, rulesFrom({}));
    expect(refusals).toEqual([expect.stringMatching(`: .+, or set ${setting}=true$`)]);
    const allowed = judgeBroker(facts, rulesFrom({ [setting]: 'true' }));
    expect(allowed).toEqual({ refusals: [], warnings: [expect.stringContaining(setting)] });
  });

  it('whose disk cannot be seen is taken, and it is said, unless that is allowed too', () => {
    const facts: BrokerFacts = { ...good, sync: 'UNSEEN' };
    expect(judgeBroker(facts, rulesFrom({})).warnings).toEqual([expect.stringContaining('NATS_MONITORING_URL')]);
    expect(judgeBroker(facts, rulesFrom({ NATS_ALLOW_UNSYNCED: 'true' })).warnings).toEqual([]);
  });

  it('without a stream is judged by the rest', () => {
    expect(judgeBroker({ ...good, replicas: undefined }, rulesFrom({})).refusals).toEqual([]);
  });

  it('is refused with every reason at once', () => {
    const warned: string[] = [];
    expect(() =>
      enforceBrokerRules({ version: '2.9.10', replicas: 1, sync: 'UNSEEN' }, rulesFrom({}), (text) =>
        warned.push(text),
      ),
    ).toThrow(/not for production: .*2\.9\.10.*; .*one replica/);
    expect(warned).toHaveLength(1);
  });
});

describe('in development', () => {
  it('every broker is taken without a word', () => {
    const worst: BrokerFacts = { version: '2.9.10', replicas: 1, sync: 'AT_INTERVALS' };
    expect(judgeBroker(worst, rulesFrom({}, false))).toEqual({ refusals: [], warnings: [] });
  });
});

describe('replicas', () => {
  it.each([
    [{}, true, 3],
    [{}, false, 1],
    [{ NATS_ALLOW_SINGLE_REPLICA: 'true' }, true, 1],
    [{ NATS_ALLOW_SINGLE_REPLICA: 'true', NATS_STREAM_REPLICAS: '3' }, true, 3],
    [{ NATS_STREAM_REPLICAS: '5' }, true, 5],
  ])('with %p and production %p are %p', (settings, production, replicas) => {
    expect(rulesFrom(settings, production).replicas).toBe(replicas);
  });

  it.each(['0', '6', 'many'])('%s are refused', (text) => {
    expect(() => rulesFrom({ NATS_STREAM_REPLICAS: text })).toThrow('must be 1 to 5');
  });
});
