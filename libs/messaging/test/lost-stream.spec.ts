import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@graphdesk/contracts';
import { eventually } from '@graphdesk/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { incidentEvent, startProbe, type Probe } from './probe.js';
import { deleteStream, replaceStream } from './stream.js';

describe('when the stream is lost while readers lag', () => {
  const storeDir = mkdtempSync(join(tmpdir(), 'graphdesk-lost-stream-'));
  let test: Probe;
  beforeAll(async () => {
    test = await startProbe(undefined, { storeDir, compareMs: 500 });
  });
  afterAll(async () => {
    await test.stop();
    rmSync(storeDir, { recursive: true, force: true });
  });

  const published = (): Promise<void> =>
    eventually(async () =>
      expect(await test.sql('SELECT FROM incidents.outbox WHERE published_at IS NULL')).toEqual([]),
    );

  const losses: Record<string, () => Promise<unknown>> = {
    deleted: () => deleteStream(test.nats.url),
    'made anew by hand, empty': () => replaceStream(test.nats.url),
    'lost with the whole store of the broker': async () => {
      await test.nats.kill();
      rmSync(storeDir, { recursive: true, force: true });
      await test.nats.restart();
    },
  };

  it.each(
    Object.keys(losses)
      .map((loss) => ({ loss, outbox: 'pruned before' }))
      .concat({ loss: 'made anew by hand, empty', outbox: 'which has the events' }),
  )(
    '$loss, the outbox $outbox: readers end complete, and nothing is applied twice',
    async ({ loss, outbox }) => {
      const [known, unread] = [newId('incident'), newId('incident')];
      await test.incidents.append([incidentEvent(known, 1), incidentEvent(known, 2)]);
      await eventually(async () => expect(await test.applied(known)).toEqual([1, 2]), { timeoutMs: 20_000 });
      await test.probe.pause();
      await test.incidents.append([1, 2, 3].map((version) => incidentEvent(unread, version)));
      await test.incidents.append([incidentEvent(known, 3)]);
      await published();
      if (outbox === 'pruned before') await test.sql('DELETE FROM incidents.outbox');
      await losses[loss]?.();
      await test.probe.resume();

      const both = (): Promise<number[][]> => Promise.all([known, unread].map(test.applied));
      await eventually(
        async () =>
          expect(await both()).toEqual([
            [1, 2, 3],
            [1, 2, 3],
          ]),
        { timeoutMs: 30_000 },
      );
      // The last one shows that everything published again before it has come and had no effect.
      await test.incidents.append([incidentEvent(known, 4), incidentEvent(unread, 4)]);
      await eventually(
        async () =>
          expect(await both()).toEqual([
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ]),
        { timeoutMs: 30_000 },
      );
    },
    90_000,
  );
});
