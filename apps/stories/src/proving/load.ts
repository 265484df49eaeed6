import type { Demo } from '../demo.js';
import type { JournaledClient } from './journaled-client.js';
import type { SeededRandom } from './seeded-random.js';
import { STORIES } from './stories.js';

/** Stories that are told at the same time; each is one client that waits for its answers. */
const TELLERS = 10;

/** Tells one story after the other until it is over: incidents, changes, problems, updates, services and targets. */
export async function load(
  demo: Demo,
  client: JournaledClient,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<void> {
  const incidents: string[] = [];
  const tell = async (own: SeededRandom): Promise<void> => {
    while (!signal.aborted) await own.pick(STORIES)({ client, demo, random: own, incidents });
  };
  await Promise.all(Array.from({ length: TELLERS }, () => tell(random.fork())));
}
