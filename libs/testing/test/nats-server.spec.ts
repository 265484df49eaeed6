import { describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

import { startNats } from '../src/index.js';

describe('startNats', () => {
  it('keeps what was acknowledged over a kill, on the same port', async () => {
    const nats = await startNats();
    const before = await connect({ servers: nats.url });
    await (await jetstreamManager(before)).streams.add({ name: 'SPEC', subjects: ['spec.>'] });
    await jetstream(before).publish('spec.one', 'kept');
    await nats.kill();
    await before.close();
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow();

    await nats.restart();
    const after = await connect({ servers: nats.url });
    const message = await (await jetstreamManager(after)).streams.getMessage('SPEC', { last_by_subj: 'spec.one' });
    expect(message?.string()).toBe('kept');
    await after.close();
    await nats.stop();
  });

  it('can be frozen and woken', async () => {
    const nats = await startNats();
    const connection = await connect({ servers: nats.url });
    nats.pause();
    const answer = connection.flush().then(() => 'answered');
    const soon = new Promise((resolve) => setTimeout(() => resolve('silent'), 300));
    expect(await Promise.race([answer, soon])).toBe('silent');
    nats.resume();
    expect(await answer).toBe('answered');
    await connection.close();
    await nats.stop();
  });

  it('ends while frozen', async () => {
    const nats = await startNats();
    nats.pause();
    await nats.stop();
    await expect(connect({ servers: nats.url, reconnect: false })).rejects.toThrow();
  });
});
