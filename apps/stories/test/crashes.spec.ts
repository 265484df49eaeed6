import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import { imbalancesOf, listeners, SERVICES } from '../src/conservation.js';
import { startDemo, type Demo } from '../src/demo.js';

/** What makes a service publish and consume: one act of somebody, through the gateway. */
const PROVOCATIONS: Readonly<
  Record<string, readonly [role: string, mutation: string, input: (demo: Demo, n: number) => object]>
> = {
  catalog: [
    'admin',
    `mutation ($input: RegisterServiceInput!) { registerService(input: $input) { errors { code } } }`,
    (_demo, n) => ({ key: `crash-${n}`, name: 'Crash', tier: 'TIER_3' }),
  ],
  changes: [
    'change-requester',
    `mutation ($input: RegisterChangeInput!) { registerChange(input: $input) { errors { code } } }`,
    (demo) => ({
      title: 'Crash',
      kind: 'NORMAL',
      serviceIds: [demo.services['intranet']],
      environment: 'staging',
      rollbackPlan: 'back',
    }),
  ],
  problems: [
    'problem-manager',
    `mutation ($input: RegisterProblemInput!) { registerProblem(input: $input) { errors { code } } }`,
    (demo) => ({ title: 'Crash', serviceId: demo.services['intranet'] }),
  ],
};

/** A P1 reported by a person: consumed by everybody, and a reason for clocks and drafts. */
const INCIDENT = [
  'responder',
  `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { incident { id } errors { code } } }`,
  (demo: Demo) => ({ title: 'Crash', serviceId: demo.services['web-shop'], impact: 'HIGH', urgency: 'HIGH' }),
] as const;

const RELAY_POINTS = ['relay.before-publish', 'relay.after-ack'];

describe('a service killed where it hurts most', () => {
  let demo: Demo;
  let count = 0;

  beforeAll(async () => {
    demo = await startDemo();
  });

  afterAll(() => demo?.stack.stop());

  const provoke = async ([role, mutation, input]: readonly [string, string, (demo: Demo, n: number) => object]) => {
    count += 1;
    // The killed service may be the one that answers: what matters is what the books say in the end.
    await demo
      .as(role)
      .send(mutation, { input: input(demo, count) })
      .catch(() => undefined);
  };

  const killAt = async (name: string, settings: NodeJS.ProcessEnv, provocation: Parameters<typeof provoke>[0]) => {
    const service = demo.stack.services[name];
    if (!service) throw new Error(`no service ${name}`);
    await service.kill('SIGTERM');
    await service.start(settings);
    await provoke(provocation);
    await eventually(() => expect(service.isRunning()).toBe(false), { timeoutMs: 20_000 });
    await service.start();
  };

  const books = () => imbalancesOf(demo.stack);

  it.each(SERVICES.flatMap((service) => RELAY_POINTS.map((point) => [service, point])))(
    '%s at %s loses and repeats nothing',
    async (service, point) => {
      await killAt(service, { FAIL_AT: point }, PROVOCATIONS[service] ?? INCIDENT);
      await eventually(async () => expect(await books()).toEqual([]), { timeoutMs: 30_000 });
    },
  );

  it.each(SERVICES.filter((service) => service !== 'catalog'))(
    '%s after the commit and before the acknowledgement loses and repeats nothing',
    async (service) => {
      const cause = service === 'incidents' ? PROVOCATIONS['catalog'] : undefined;
      await killAt(service, { FAIL_AT: 'consumer.after-commit' }, cause ?? INCIDENT);
      await eventually(async () => expect(await books()).toEqual([]), { timeoutMs: 30_000 });
    },
  );

  it('the books would show an acknowledgement that came before the commit', async () => {
    await killAt('sla', { FAIL_AT: 'consumer.before-commit', PLANTED_BUG: 'ack-before-commit' }, INCIDENT);
    // At rest: the broker holds nothing back, so what is missing now will never come.
    await eventually(async () => {
      const outstanding = (await listeners(demo.stack.natsUrl)).filter((listener) => listener.outstanding > 0);
      expect(outstanding).toEqual([]);
    });
    expect(await books()).toEqual([
      { consumer: 'sla:incidents.incident', missing: [expect.any(String)], uncaused: [] },
    ]);
  });

  it('and every listener is in the books', async () => {
    const consumers = (await listeners(demo.stack.natsUrl)).map((listener) => listener.consumer);
    expect(consumers).toEqual(
      expect.arrayContaining([
        'incidents:catalog.service',
        'sla:incidents.incident',
        'changes:incidents.incident',
        'problems:incidents.incident',
        'communications:incidents.incident',
        'incidents:changes.rollback-suggestion',
      ]),
    );
  });
});
