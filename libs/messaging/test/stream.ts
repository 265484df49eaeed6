import { STREAM, STREAM_SUBJECTS } from '@graphdesk/contracts';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** Does something to the stream that no service would do. */
export async function withStream(url: string, work: (manager: JetStreamManager) => Promise<unknown>): Promise<void> {
  const connection = await connect({ servers: url });
  try {
    await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

export const deleteStream = (url: string): Promise<void> =>
  withStream(url, (manager) => manager.streams.delete(STREAM));

/** Empties the stream, as its limit of days does: it stays the same stream. */
export const emptyStream = (url: string): Promise<void> => withStream(url, (manager) => manager.streams.purge(STREAM));

/** Deletes the stream and makes an empty one of the same name by hand. */
export const replaceStream = (url: string): Promise<void> =>
  withStream(url, async (manager) => {
    await manager.streams.delete(STREAM);
    await manager.streams.add({ name: STREAM, subjects: [STREAM_SUBJECTS] });
  });

/** Takes one message out of the middle of the stream. */
export const forgetMessage = (url: string, streamSeq: number): Promise<void> =>
  withStream(url, (manager) => manager.streams.deleteMessage(STREAM, streamSeq));
