import { expect } from '@jest/globals';
import { eventually } from '@graphdesk/testing';
import type { Json } from './graphql-request.js';

/** A reader of server-sent events by the rules of the format; it keeps what was sent, in order. */
export class EventReader {
  readonly events: { id?: string; event?: string; data?: Json }[] = [];
  ended = false;
  #text = '';

  constructor(
    response: Response,
    readonly abort: AbortController,
  ) {
    void this.#read(response).catch(() => (this.ended = true));
  }

  get next(): { id?: string; data?: Json }[] {
    return this.events.filter(({ event }) => event === 'next');
  }

  async received(count: number): Promise<{ id?: string; data?: Json }[]> {
    await eventually(() => expect(this.next.length).toBeGreaterThanOrEqual(count));
    return this.next;
  }

  async #read(response: Response): Promise<void> {
    for await (const chunk of response.body ?? []) {
      this.#text += Buffer.from(chunk as Uint8Array).toString();
      const blocks = this.#text.split('\n\n');
      this.#text = blocks.pop() ?? '';
      for (const block of blocks.filter((lines) => !lines.startsWith(':'))) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]),
        );
        this.events.push({ ...fields, ...(fields.data && { data: JSON.parse(fields.data) }) });
      }
    }
    this.ended = true;
  }
}
