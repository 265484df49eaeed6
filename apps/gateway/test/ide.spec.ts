import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { SAMPLE_OPERATIONS } from '../ide/sample-operations.js';
import type { Gateway } from '../src/gateway.js';
import { createFixture, type Fixture } from './running-gateway.js';

describe('the IDE', () => {
  let fixture: Fixture;
  let gateway: Gateway;
  beforeAll(async () => {
    const built = existsSync(new URL('../dist-ide/index.html', import.meta.url));
    if (!built) execFileSync(process.execPath, [fileURLToPath(new URL('../ide/build.mjs', import.meta.url))]);
    fixture = await createFixture();
    gateway = await fixture.start();
  });
  afterAll(() => fixture.dispose());

  it('is served whole from here, and the browser is told to load nothing from elsewhere', async () => {
    const page = await fetch(`${gateway.url}/ide`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    const named = [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, name]) => name ?? '');
    const workers = ['editor.worker.js', 'json.worker.js', 'graphql.worker.js'];
    expect(named.sort()).toEqual(['app.css', 'app.js']);
    for (const name of [...named, ...workers]) {
      const file = await fetch(`${gateway.url}/ide/${name}`);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toMatch(name.endsWith('.css') ? 'text/css' : 'text/javascript');
      expect((await file.text()).length).toBeGreaterThan(1_000);
    }
    const css = await (await fetch(`${gateway.url}/ide/app.css`)).text();
    expect(css).not.toMatch(/url\("?https?:/);
  });

  it.each(['/ide/build.mjs', '/ide/../package.json', '/ide/%2e%2e/package.json'])(
    'serves nothing else: %s',
    async (path) => {
      expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
    },
  );

  it('starts with operations that the graph has', () => {
    const schema = buildSchema(readFileSync(new URL('../api-schema.graphql', import.meta.url), 'utf8'));
    for (const text of SAMPLE_OPERATIONS) {
      expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
    }
  });
});
