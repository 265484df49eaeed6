import { createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Gateway } from '../src/gateway.js';
import { createFixture, type Fixture } from './running-gateway.js';

describe('the public door', () => {
  let fixture: Fixture;
  let gateway: Gateway;
  beforeAll(async () => {
    fixture = await createFixture();
    gateway = await fixture.start({ subgraphCallMs: 2_000 });
  });
  afterAll(() => fixture.dispose());
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}${path}`, { method: 'POST', body, headers });

  it('hands a webhook on byte for byte, with its signature, without an actor', async () => {
    const body = Buffer.concat([Buffer.from('{ "b":1,\r\n "a" : "\u00e9" }\u0000'), randomBytes(300)]);
    const signature = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;
    const response = await post('/hooks/github/src_1?x=1&y=%20', body, {
      'content-type': 'application/json',
      'x-hub-signature-256': signature,
      'x-github-event': 'deployment_status',
      'x-github-delivery': 'd1',
      authorization: 'Bearer sender',
      'x-forwarded-for': '1.2.3.4',
      cookie: 'a=b',
      'x-graphdesk-envelope': 'forged',
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ taken: true });
    expect(response.headers.get('x-secret')).toBeNull();
    const received = fixture.subgraphs.changes.received.at(-1);
    expect(received?.path).toBe('/hooks/github/src_1?x=1&y=%20');
    expect(received?.body.equals(body)).toBe(true);
    expect(received?.envelope.actor).toBeNull();
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(body.length),
      'x-hub-signature-256': signature,
      'x-github-event': 'deployment_status',
      'x-github-delivery': 'd1',
      authorization: 'Bearer sender',
    });
    expect(received?.headers.cookie).toBeUndefined();
    expect(received?.headers['x-forwarded-for']).toBeUndefined();
  });

  it('finds the owner by whole path segments and takes any content type, or none', async () => {
    expect((await post('/hooks/alertmanager', 'x', { 'content-type': 'application/x-unknown' })).status).toBe(202);
    expect(fixture.subgraphs.incidents.received.at(-1)?.body.toString()).toBe('x');
    expect((await fetch(`${gateway.url}/hooks/alertmanager/src_1`, { method: 'POST' })).status).toBe(202);
    expect((await post('/hooks/alertmanager/src_1', Buffer.from('y'))).status).toBe(202);
  });

  it.each([
    '/hooks',
    '/hooks/unknown',
    '/hooks/githubber',
    '/public/anything',
    '/hooks/github/../alertmanager',
    '/hooks/github/%2e%2e/graphql',
    '/hooks/github//graphql',
    '/hooks//github',
  ])('answers 404 for %s', async (path) => {
    const before = Object.values(fixture.subgraphs).map(({ received }) => received.length);
    const { status, body } = await raw(gateway.url, path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({ code: 'NOT_FOUND' });
    expect(Object.values(fixture.subgraphs).map(({ received }) => received.length)).toEqual(before);
  });

  it('takes 2 MiB and refuses more', async () => {
    expect((await post('/hooks/github/a', Buffer.alloc(2 * 1024 * 1024))).status).toBe(202);
    const refused = await post('/hooks/github/a', Buffer.alloc(2 * 1024 * 1024 + 1));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each(['reset', 'hang'] as const)(
    'asks the sender to try again when the service is in trouble (%s)',
    async (trouble) => {
      fixture.subgraphs.changes.trouble = trouble;
      const response = await post('/hooks/github/a', '{}');
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.json()).toEqual({ code: 'SUBGRAPH_UNAVAILABLE' });
      fixture.subgraphs.changes.trouble = 'none';
    },
  );
});

/** A POST whose path is sent as it stands. */
function raw(url: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method: 'POST' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end('{}');
  });
}
