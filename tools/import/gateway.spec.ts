import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { batches } from './batches.mjs';
import { gateway, Stopped } from './gateway.mjs';
import { take, type Result } from './take.mjs';

type Answer = { readonly status?: number; readonly body?: unknown; readonly cut?: boolean };

describe('the importer at the gateway', () => {
  let server: Server;
  let url: string;
  let answers: Answer[];
  let asked: { readonly variables: { readonly things: readonly { readonly externalId: string }[] } }[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        asked.push(JSON.parse(body));
        const { status = 200, body: answer, cut } = answers.shift() ?? { status: 500 };
        if (cut) return response.destroy();
        response.writeHead(status).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  });
  beforeEach(() => {
    answers = [];
    asked = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const door = (patienceMs = 10_000): ReturnType<typeof gateway> => gateway({ url, token: 't', patienceMs });
  const fault = (code: string): Answer => ({ body: { data: null, errors: [{ message: 'm', extensions: { code } }] } });
  const data = (value: unknown): Answer => ({ body: { data: { field: value } } });
  const result = (externalId: string, more: Partial<Result> = {}): Result => ({
    ...{ externalId, outcome: 'IMPORTED', code: null, message: null, retryable: false },
    ...more,
  });

  it('asks again after a cut connection, a 503 and a service that is away', async () => {
    answers = [
      { cut: true },
      { status: 503, body: {} },
      fault('SUBGRAPH_UNAVAILABLE'),
      fault('SERVICE_UNAVAILABLE'),
      data(7),
    ];
    expect(await door().ask('q', {})).toBe(7);
    expect(asked).toHaveLength(5);
  });

  it.each([
    ['a token that is not accepted', { status: 401, body: {} }],
    ['a question that it does not understand', fault('GRAPHQL_VALIDATION_FAILED')],
    ['an act that is forbidden', fault('FORBIDDEN')],
  ])('stops at once at %s', async (_case, answer) => {
    answers = [answer];
    await expect(door().ask('q', {})).rejects.toThrow(Stopped);
    expect(asked).toHaveLength(1);
  });

  it('stops when patience ends', async () => {
    answers = [fault('SERVICE_UNAVAILABLE'), fault('SERVICE_UNAVAILABLE')];
    await expect(door(0).ask('q', {})).rejects.toThrow(Stopped);
  });

  it('gives again only what may succeed in a moment, and answers in order', async () => {
    const later = { outcome: 'REFUSED', code: 'UNKNOWN_REFERENCE', retryable: true } as const;
    const refused = { outcome: 'REFUSED', code: 'INVALID_INPUT', retryable: false } as const;
    answers = [
      data({ results: [result('a', later), result('b'), result('c', refused)], errors: [] }),
      data({ results: [result('a')], errors: [] }),
    ];
    const at = door();
    const things = ['a', 'b', 'c'].map((externalId) => ({ externalId }));
    const taken = await take(at, things, (given) => at.ask('q', { things: given }));
    expect(taken.map(({ externalId, outcome }) => `${externalId} ${outcome}`)).toEqual([
      'a IMPORTED',
      'b IMPORTED',
      'c REFUSED',
    ]);
    expect(asked.map(({ variables }) => variables.things.map(({ externalId }) => externalId).join(''))).toEqual([
      'abc',
      'a',
    ]);
  });

  it('stops when a whole portion is refused', async () => {
    answers = [data({ results: [], errors: [{ code: 'NOT_ALLOWED', message: 'takes an admin', retryable: false }] })];
    const at = door();
    await expect(take(at, [{ externalId: 'a' }], () => at.ask('q', {}))).rejects.toThrow('NOT_ALLOWED: takes an admin');
  });

  it('what one thing breaks is refused alone, and the others of its portion are taken', async () => {
    answers = [
      fault('INTERNAL_SERVER_ERROR'),
      data({ results: [result('a')], errors: [] }),
      fault('INTERNAL_SERVER_ERROR'),
      data({ results: [result('c')], errors: [] }),
    ];
    const at = door();
    const things = ['a', 'b', 'c'].map((externalId) => ({ externalId }));
    const taken = await take(at, things, (given) => at.ask('q', { things: given }));
    expect(taken).toEqual([
      result('a'),
      result('b', { outcome: 'REFUSED', code: 'INTERNAL_SERVER_ERROR', message: 'm' }),
      result('c'),
    ]);
  });

  it('what was taken before the break is not asked for again', async () => {
    const later = { outcome: 'REFUSED', code: 'UNKNOWN_REFERENCE', retryable: true } as const;
    answers = [
      data({ results: [result('a'), result('b', later), result('c', later)], errors: [] }),
      fault('INTERNAL_SERVER_ERROR'),
      fault('INTERNAL_SERVER_ERROR'),
      data({ results: [result('c')], errors: [] }),
    ];
    const at = door();
    const things = ['a', 'b', 'c'].map((externalId) => ({ externalId }));
    const taken = await take(at, things, (given) => at.ask('q', { things: given }));
    expect(taken.map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'REFUSED', 'IMPORTED']);
    expect(asked.map(({ variables }) => variables.things.map(({ externalId }) => externalId).join(''))).toEqual([
      ...['abc', 'bc', 'b', 'c'],
    ]);
  });

  it.each(['FORBIDDEN', 'UNAUTHENTICATED', 'GRAPHQL_VALIDATION_FAILED'])(
    '%s is about everything: nothing is tried one by one',
    async (code) => {
      answers = [fault(code)];
      const at = door();
      const things = ['a', 'b'].map((externalId) => ({ externalId }));
      await expect(take(at, things, () => at.ask('q', {}))).rejects.toThrow(Stopped);
      expect(asked).toHaveLength(1);
    },
  );

  it('patience is one for all that waits', async () => {
    const at = door(150);
    const waits = async (rounds: number[]): Promise<number> => {
      let calls = 0;
      await at.untilDone(async () => ({ left: rounds[calls++] ?? rounds.at(-1) ?? 0, value: null }));
      return calls;
    };
    expect(await waits([1])).toBeGreaterThan(1);
    expect(await waits([2])).toBe(1);
    expect(await waits([3])).toBe(1);
    expect(await waits([0])).toBe(1);
    expect(await waits([4])).toBe(1);
  });

  it('patience begins anew when less is left', async () => {
    const at = door(150);
    let left = 6;
    await at.untilDone(() => Promise.resolve({ left: (left -= 1), value: null }));
    expect(left).toBe(0);
  });

  it('portions stay within both limits and keep the order', () => {
    const items = Array.from({ length: 10 }, (_, n) => 'x'.repeat(n));
    const portions = batches(items, { count: 4, bytes: 20 });
    expect(portions.flat()).toEqual(items);
    for (const portion of portions) {
      expect(portion.length).toBeLessThanOrEqual(4);
      const bytes = portion.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
      expect(portion.length === 1 || bytes <= 20).toBe(true);
    }
    expect(batches(['y'.repeat(50)], { count: 4, bytes: 20 })).toEqual([['y'.repeat(50)]]);
  });
});
