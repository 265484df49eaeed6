/**
 * Something that an aggregate's state asks to be done at a moment: a pure function of the state tells all of it, so that what is
 * armed can never differ from what holds.
 */
export interface DueWork {
  /** What is to be done, in upper snake case, such as `BREACH`. One per kind and aggregate at a time. */
  readonly kind: string;
  readonly due: Date;
}

/**
 * Whether the state still asks for this very work. A timer that fires late, twice, or after it was canceled finds that it does
 * not, and nothing happens.
 */
export function asksFor(work: readonly DueWork[], timer: DueWork): boolean {
  return work.some(({ kind, due }) => kind === timer.kind && due.getTime() === timer.due.getTime());
}
