import { createServer } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { freePort, startAlertmanager } from '../src/index.js';

describe('startAlertmanager', () => {
  const receiver = createServer();
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => {
    receiver.closeAllConnections();
    receiver.close();
  });

  it('delivers an alert to a webhook as the real one does', async () => {
    const received: string[] = [];
    const arrived = new Promise<void>((resolve) => {
      receiver.on('request', (request, response) => {
        request.on('data', (chunk: Buffer) => received.push(chunk.toString()));
        request.on('end', () => response.end(() => resolve()));
      });
    });
    const config = `
route: { receiver: hook, group_wait: 0s }
receivers: [{ name: hook, webhook_configs: [{ url: 'http://127.0.0.1:${port}/hooks/alertmanager' }] }]`;
    const alertmanager = await startAlertmanager({ config });
    const alerts = [{ labels: { alertname: 'CheckoutErrors', severity: 'critical' } }];
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(alerts);
    const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    await arrived;
    expect(JSON.parse(received.join(''))).toMatchObject({ version: '4', status: 'firing', alerts });
    await alertmanager.stop();
  });

  it('names the mistake in a wrong configuration', async () => {
    await expect(startAlertmanager({ config: 'route: { receiver: nobody }' })).rejects.toThrow(/nobody/);
  });
});
