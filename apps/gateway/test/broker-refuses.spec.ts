import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, startNats, type NatsServer } from '@graphdesk/testing';
import { BrokerFront } from './broker-front.js';
import { GatewayProcess } from './gateway-process.js';
import { createFixture, type Fixture } from './running-gateway.js';

const FATAL: unknown = expect.objectContaining({
  level: 60,
  err: expect.objectContaining({ type: 'AuthorizationError' }),
});

describe('a broker that does not take the credentials', () => {
  let nats: NatsServer;
  let front: BrokerFront;
  let fixture: Fixture;
  const gateways: GatewayProcess[] = [];
  beforeAll(async () => {
    nats = await startNats();
    front = await BrokerFront.open(nats.url);
    fixture = await createFixture(front.url);
    await GatewayProcess.build();
  });
  beforeEach(() => {
    front.refuses = false;
  });
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.signal('SIGKILL')));
  });
  afterAll(async () => {
    GatewayProcess.removeBuild();
    await fixture.dispose();
    await front.close();
    await nats.stop();
  });
  const start = async (): Promise<GatewayProcess> => {
    const gateway = await GatewayProcess.start(fixture.env);
    gateways.push(gateway);
    return gateway;
  };
  const readinessOf = async ({ url }: GatewayProcess): Promise<number> => (await fetch(`${url}/health/ready`)).status;

  it('ends the gateway for its supervisor to start it anew', async () => {
    const gateway = await start();
    await eventually(async () => expect(await readinessOf(gateway)).toBe(200));
    front.refuses = true;
    front.breakConnections();
    expect(await gateway.ended).toEqual({ code: 1, signal: null });
    expect(gateway.log).toContainEqual(FATAL);
  });

  it('ends one that only starts', async () => {
    front.refuses = true;
    const gateway = await start();
    expect(await gateway.ended).toEqual({ code: 1, signal: null });
    expect(gateway.log).toContainEqual(FATAL);
  });

  it('is another matter than one that breaks, or a gateway that is told to stop', async () => {
    const gateway = await start();
    await eventually(async () => expect(await readinessOf(gateway)).toBe(200));
    front.breakConnections();
    await eventually(() =>
      expect(gateway.log).toContainEqual(expect.objectContaining({ msg: 'event stream: reconnect' })),
    );
    expect(await readinessOf(gateway)).toBe(200);
    expect(await gateway.signal('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(gateway.log).not.toContainEqual(expect.objectContaining({ level: 60 }));
  });
});
