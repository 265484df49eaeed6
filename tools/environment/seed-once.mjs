import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { seedDemoTenant } from './seed.mjs';

/**
 * Fills the demo tenant unless this installation's was filled before.
 * @param {string} dataDir
 * @param {import('./dev-file.mjs').DevFile} dev
 * @param {import('./progress.mjs').Step} step
 */
export async function seedOnce(dataDir, dev, step) {
  const mark = join(dataDir, 'seeded');
  if (existsSync(mark)) return;
  await step('the demo tenant, the first time', () => seedDemoTenant(dev));
  writeFileSync(mark, `${dev.tenant}\n`);
}
