import type { ClockInterval, SlaClock } from './sla-clock.js';

const MINUTE_MS = 60_000;

/** What a clock shows at a moment. */
export interface ClockReading {
  /** Time that counted so far. */
  readonly elapsedMs: number;
  /** Time that may still count; negative once breached. */
  readonly remainingMs: number;
  /** When the clock breaches if it keeps running. Null while it does not run: nobody knows. */
  readonly dueAt: Date | null;
  /** Whether more time counted than the target allows. Always false for a canceled clock. */
  readonly breached: boolean;
  /** The true moment of the breach, however late it is noticed. */
  readonly breachedAt: Date | null;
}

/** Reads a clock at `now`. Nothing is stored for it: the same clock answers for any moment. */
export function readClock(clock: SlaClock, now: Date): ClockReading {
  const targetMs = clock.targetMinutes * MINUTE_MS;
  const elapsedMs = clock.intervals.reduce((sum, interval) => sum + countedMs(interval, now), 0);
  const breached = clock.state !== 'CANCELED' && elapsedMs > targetMs;
  const outgrownAt = momentOf(clock, targetMs);
  return {
    elapsedMs,
    remainingMs: targetMs - elapsedMs,
    dueAt: clock.state === 'RUNNING' ? outgrownAt : null,
    breached,
    breachedAt: breached ? outgrownAt : null,
  };
}

function countedMs(interval: ClockInterval, now: Date): number {
  if (!interval.counted) return 0;
  const to = interval.to === null || interval.to > now ? now : interval.to;
  return Math.max(0, to.getTime() - interval.from.getTime());
}

/** When the counted time outgrows so many milliseconds: not before the target was set, and null if it does not by the intervals known. */
export function momentOf(clock: SlaClock, targetMs: number): Date | null {
  let leftMs = targetMs;
  for (const { from, to, counted } of clock.intervals) {
    if (!counted) continue;
    const lengthMs = to === null ? Infinity : to.getTime() - from.getTime();
    if (lengthMs > leftMs) return later(new Date(from.getTime() + leftMs), clock.targetSince);
    leftMs -= lengthMs;
  }
  return null;
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
