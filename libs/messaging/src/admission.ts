/** What to do with an event, by its version and the last one applied for its aggregate by this consumer. */
export type Admission = 'APPLY' | 'DROP' | 'PARK_GAP' | 'PARK_UNKNOWN';

/**
 * The version rule: the next version is applied, an old one was applied before, and a later one waits for those between. An
 * event whose contract this build does not know waits as well, and with it everything after it: nothing is skipped.
 */
export function admit(event: { readonly version: number; readonly known: boolean }, lastApplied: number): Admission {
  if (event.version <= lastApplied) return 'DROP';
  if (!event.known) return 'PARK_UNKNOWN';
  return event.version === lastApplied + 1 ? 'APPLY' : 'PARK_GAP';
}
