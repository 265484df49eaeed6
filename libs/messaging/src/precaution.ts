/** What is known of the times that an event was begun and did not take effect. */
export interface History {
  /** How often it was tried in vain, whatever came of it. */
  readonly tries: number;
  /** How many of the counted tries have no end on record: the process ended under them. */
  readonly unfinished: number;
}

/** So many counted tries without an end, and an event is not run again before a person says so. */
export const KILLS_AT_MOST = 3;

/**
 * How an event is to be run. `NONE`: as it comes. `COUNT`: its beginning is on record before it runs. `ALONE`: so it is, and
 * nothing else of this process runs meanwhile, so that nothing else is blamed when the process ends. `QUARANTINE`: not at all.
 */
export type Precaution = 'NONE' | 'COUNT' | 'ALONE' | 'QUARANTINE';

/**
 * A first delivery is innocent, so the usual way costs nothing. One delivered before either failed each time, which is on record,
 * or somebody's process ended while it was under way; then it may be the reason.
 */
export function precautionFor(deliveries: number, history: History | undefined): Precaution {
  const { tries, unfinished } = history ?? { tries: 0, unfinished: 0 };
  if (unfinished >= KILLS_AT_MOST) return 'QUARANTINE';
  if (deliveries <= 1) return 'NONE';
  return unfinished === 0 && tries >= deliveries - 1 ? 'COUNT' : 'ALONE';
}
