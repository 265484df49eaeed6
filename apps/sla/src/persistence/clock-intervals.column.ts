import type { ValueTransformer } from 'typeorm';
import type { ClockInterval } from '../domain/sla-clock.js';

interface StoredInterval extends Omit<ClockInterval, 'from' | 'to'> {
  readonly from: string;
  readonly to: string | null;
}

/** JSON knows no instants: they are stored as RFC 3339 and read back as dates. */
export const clockIntervals: ValueTransformer = {
  to: (intervals: readonly ClockInterval[]): readonly StoredInterval[] =>
    intervals.map(({ from, to, ...rest }) => ({ ...rest, from: from.toISOString(), to: to?.toISOString() ?? null })),
  from: (stored: readonly StoredInterval[]): readonly ClockInterval[] =>
    stored.map(({ from, to, ...rest }) => ({ ...rest, from: new Date(from), to: to === null ? null : new Date(to) })),
};
