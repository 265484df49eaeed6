import { cpus, release, totalmem, type } from 'node:os';

/** One line that says what a figure was measured on. */
export function describeMachine() {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}`;
}

/**
 * The value below which a share of the samples lies.
 * @param {readonly number[]} samples
 * @param {number} share 0 to 1
 */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {readonly number[]} samples in milliseconds */
export function spread(samples) {
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  return `p50 ${ms(percentile(samples, 0.5))}, p99 ${ms(percentile(samples, 0.99))}, max ${ms(Math.max(...samples))} (n = ${samples.length})`;
}
