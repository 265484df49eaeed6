import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Demo } from '../demo.js';
import type { Listen, Message } from './subscriber.js';

/** A connection that says nothing for this long is given up, in milliseconds; both doors keep theirs alive more often. */
const SILENCE_MS = 30_000;

/** How a subscriber reaches the gateway. */
export const DOORS = { socket: bySocket, 'event-stream': byEventStream } as const;

/** graphql-transport-ws; one socket for each listening, so that each coming back is seen. */
function bySocket({ stack }: Demo, token: string): Listen {
  return (query, variables, after, hear, signal) =>
    new Promise((resolve, reject) => {
      const client = createClient({
        url: stack.gateway.ws,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
        retryAttempts: 0,
        keepAlive: SILENCE_MS / 2,
      });
      signal.addEventListener('abort', () => void client.dispose(), { once: true });
      client.subscribe<NonNullable<Message['data']>>(
        { query, variables, ...(after !== undefined && { extensions: { after } }) },
        {
          next: (result) => hear(result as Message),
          error: (error) => {
            if (Array.isArray(error)) hear({ errors: error as NonNullable<Message['errors']> });
            reject(new Error('the subscription ended'));
          },
          complete: () => resolve(),
        },
      );
    });
}

/** Server-sent events over `POST /graphql`. */
function byEventStream({ stack }: Demo, token: string): Listen {
  return async (query, variables, after, hear, signal) => {
    const silence = new AbortController();
    const hangUp = (): void => silence.abort();
    signal.addEventListener('abort', hangUp, { once: true });
    const response = await fetch(stack.gateway.http, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
        ...(after !== undefined && { 'last-event-id': after }),
      },
      body: JSON.stringify({ query, variables }),
      signal: silence.signal,
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      return hear((await response.json()) as Message);
    }
    let timer = setTimeout(hangUp, SILENCE_MS);
    let text = '';
    try {
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        clearTimeout(timer);
        timer = setTimeout(hangUp, SILENCE_MS);
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) hearBlock(block, hear);
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      clearTimeout(timer);
    }
  };
}

function hearBlock(block: string, hear: (message: Message) => void): void {
  const lines = block.split('\n');
  const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
  if (lines.includes('event: next') && data) hear(JSON.parse(data) as Message);
}
