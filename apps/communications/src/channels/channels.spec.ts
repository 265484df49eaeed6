import { describe, expect, it } from '@jest/globals';
import type { Channel, OutgoingMessage } from './channel.js';
import { Channels } from './channels.js';

describe('tries that wait for a slot', () => {
  it('are not made for a recipient who was removed meanwhile', async () => {
    const sent: string[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const mail: Channel = {
      kind: 'EMAIL',
      timeoutMs: 20_000,
      send: async ({ to }) => {
        sent.push(to);
        await gate;
        return { kind: 'ACCEPTED' };
      },
      close: () => undefined,
    };
    const channels = new Channels([mail]);
    const to = (name: string): OutgoingMessage => ({
      ...{ key: name, to: `${name}@example.org`, subject: 's', body: 'b', queuedAt: new Date(0) },
    });
    const removed = new Set<string>();
    const tries = Array.from({ length: 10 }, (_, n) =>
      channels.send('EMAIL', to(String(n)), () => Promise.resolve(!removed.has(String(n)))),
    );
    removed.add('8');
    open();
    const outcomes = await Promise.all(tries);
    expect(outcomes.map(({ kind }) => kind)).toEqual([...Array<string>(8).fill('ACCEPTED'), 'PERMANENT', 'ACCEPTED']);
    expect(sent).not.toContain('8@example.org');
    await channels.onModuleDestroy();
  });
});
