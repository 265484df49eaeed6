import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { natsServerProgram, startNatsServer } from '../../../tools/environment/nats.mjs';
import { cacheFolder } from '../../../tools/environment/places.mjs';
import { guardFolder, removeFolder } from '../../../tools/environment/watchdog.mjs';

/** A nats-server with JetStream that one spec owns. */
export interface NatsServer {
  /** Stays the same over restarts. */
  readonly url: string;
  /** Ends it in good order and removes its streams, unless `storeDir` was given. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL) and keeps its streams for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same streams; ends a running one first. */
  restart(): Promise<void>;
  /** Freezes it: connections hang, as with a dead network. */
  pause(): void;
  /** Ends the freeze. */
  resume(): void;
}

/**
 * Starts nats-server with JetStream on 127.0.0.1.
 * @param options `storeDir`: where streams live (default: a temporary folder); `port`: default a free one;
 *   `server`: `floor`, `current` or the path of a program (default: the setting GRAPHDESK_NATS, else the usual one); `config`: more
 *   settings, in the form of its file
 */
export async function startNats(
  options: { storeDir?: string; port?: number; server?: string; config?: string } = {},
): Promise<NatsServer> {
  const storeDir = options.storeDir ?? mkdtempSync(join(tmpdir(), 'graphdesk-nats-'));
  if (!options.storeDir) guardFolder(storeDir);
  const start = (port?: number): ReturnType<typeof startNatsServer> =>
    startNatsServer({
      storeDir,
      cache: cacheFolder(),
      port,
      ...(options.server && { server: options.server }),
      ...(options.config && { config: options.config }),
    });
  let server = await start(options.port);
  return {
    url: server.url,
    async stop(): Promise<void> {
      await server.program.stop();
      if (!options.storeDir) removeFolder(storeDir);
    },
    async kill(): Promise<void> {
      server.program.signal('SIGKILL');
      await server.program.ended;
    },
    async restart(): Promise<void> {
      await server.program.stop();
      server = await start(server.port);
    },
    pause: () => server.program.freeze(true),
    resume: () => server.program.freeze(false),
  };
}

/** Whether this machine has that nats-server or can fetch it: `floor`, `current` or the path of a program. */
export async function canStartNats(server: string): Promise<boolean> {
  return natsServerProgram(cacheFolder(), server).then(
    () => true,
    () => false,
  );
}
