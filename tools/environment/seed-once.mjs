import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { seedDemoTenant } from './seed.mjs';

/**
 * Fills the demo tenant unless this installation's was filled before; gives what is remembered of it either way.
 * @param {string} dataDir
 * @param {Omit<import('./dev-file.mjs').DevFile, 'demo'>} dev
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<import('./seed.mjs').Demo>}
 */
export async function seedOnce(dataDir, dev, step) {
  const file = join(dataDir, 'demo.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const demo = await step('the demo tenant, the first time', () => seedDemoTenant(dev));
  writeFileSync(file, `${JSON.stringify(demo, undefined, 2)}\n`, { mode: 0o600 });
  return demo;
}
