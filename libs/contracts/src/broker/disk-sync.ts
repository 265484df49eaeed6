import { z } from 'zod';
import type { BrokerFacts } from './server-gate.js';

const PATIENCE_MS = 2_000;

/** Servers before 2.10 say nothing of it. */
const varz = z.object({ jetstream: z.object({ config: z.object({ sync_always: z.boolean().optional() }) }) });

/**
 * Reads from each server's monitoring whether it writes every message to the disk before it acknowledges it. One that does not
 * is the answer for all; without a URL, or when one does not answer within 2 s, it is not known.
 */
export async function readDiskSync(monitoringUrls: readonly string[]): Promise<BrokerFacts['sync']> {
  const seen = await Promise.all(monitoringUrls.map(syncOf));
  if (seen.includes('AT_INTERVALS')) return 'AT_INTERVALS';
  return seen.length === 0 || seen.includes('UNSEEN') ? 'UNSEEN' : 'ALWAYS';
}

async function syncOf(url: string): Promise<BrokerFacts['sync']> {
  try {
    const response = await fetch(new URL('/varz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    return varz.parse(await response.json()).jetstream.config.sync_always ? 'ALWAYS' : 'AT_INTERVALS';
  } catch {
    return 'UNSEEN';
  }
}
