import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { EventFeed, type FeedOptions } from './event-feed.js';

const TENANT = 'ten_1';
const SUBJECT = `gd.${TENANT}.incidents.incident.*.*`;

/** A broker of which a test decides what it says and when. */
class ScriptedStream {
  /** What the stream's state says until it is set anew. */
  lastSeq = 3;
  /** What the next answers about the stream wait for. */
  readonly delays: Promise<void>[] = [];
  asked = 0;
  readonly #messages: unknown[] = [];
  #arrived: () => void = () => undefined;

  info(): Promise<unknown> {
    this.asked += 1;
    const info = { created: 'once', state: { first_seq: 1, last_seq: this.lastSeq } };
    return Promise.resolve(this.delays.shift()).then(() => info);
  }

  reader(): Promise<unknown> {
    const consumer = { consume: () => Promise.resolve(this.#consumed()), delete: () => Promise.resolve(true) };
    const js = { consumers: { get: () => Promise.resolve(consumer) } };
    return Promise.resolve({ js, manager: { streams: { getMessage: () => Promise.resolve(null) } } });
  }

  publish(seq: number): void {
    const event = {
      specversion: '1.0',
      id: `evt_${seq}`,
      type: 'graphdesk.incidents.incident-resumed.v1',
      source: '/graphdesk/incidents',
      subject: 'inc_1',
      time: new Date(0).toISOString(),
      datacontenttype: 'application/json',
      tenantid: TENANT,
      aggregatetype: 'incident',
      subjectversion: seq,
      correlationid: 'req_1',
      actorid: 'per_1',
      data: {},
    };
    this.lastSeq = seq;
    this.#messages.push({ seq, subject: `gd.${TENANT}.incidents.incident.inc_1.incident-resumed`, json: () => event });
    this.#arrived();
  }

  #consumed(): AsyncIterable<unknown> & { stop: () => void } {
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      this.#arrived();
    };
    const messages = this.#messages;
    const arrival = (): Promise<void> => new Promise((resolve) => (this.#arrived = resolve));
    return {
      stop,
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const message = messages.shift();
          if (message) yield message;
          else if (stopped) return;
          else await arrival();
        }
      },
    };
  }
}

describe('an event feed', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('goes on when an event comes between the question where the stream stands and the answer', async () => {
    const stream = new ScriptedStream();
    const feed = new EventFeed({
      stream: stream as unknown as FeedOptions['stream'],
      log: pino({ level: 'silent' }),
      subject: SUBJECT,
      after: 3,
      incarnation: 'once',
      tenantId: TENANT,
      buffer: 10,
      stallMs: 5_000,
    });
    await jest.advanceTimersByTimeAsync(1);
    // Others' events went by: the feed looks where the stream stands, and an event of its own comes before it hears.
    stream.lastSeq = 5;
    const { asked } = stream;
    let answer: () => void = () => undefined;
    stream.delays.push(Promise.resolve(), new Promise((resolve) => (answer = resolve)));
    const next = feed.next();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(stream.asked).toBe(asked + 2);
    stream.publish(6);
    await jest.advanceTimersByTimeAsync(1);
    answer();
    await jest.advanceTimersByTimeAsync(1);
    expect((await next)?.sequence).toBe(6);
    const later = feed.next();
    stream.publish(7);
    expect((await later)?.sequence).toBe(7);
    await feed.close();
  });
});
