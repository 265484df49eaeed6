import { connect } from '@nats-io/transport-node';
import { HistoryClient } from './history-client.js';

const CONNECT_MS = 10_000;

/** Connects to ask producers for history, and for nothing else. Rejects when NATS does not answer. */
export async function openHistory(options: {
  url: string;
  name: string;
}): Promise<{ readonly history: HistoryClient; close(): Promise<void> }> {
  const connection = await connect({
    servers: options.url.split(','),
    name: options.name,
    timeout: CONNECT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
  }).catch((cause: unknown) => {
    throw new Error('NATS does not answer: does the system run?', { cause });
  });
  return { history: new HistoryClient(connection), close: () => connection.close() };
}
