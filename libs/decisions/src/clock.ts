/** Where "now" comes from. Domain rules never read a clock: they are handed a Date. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
