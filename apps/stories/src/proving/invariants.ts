/** What must hold of every history, whatever was killed. */
export const INVARIANTS = {
  I1: 'an acknowledged operation is missing',
  I2: 'an effect has no cause',
  I3: 'an event has not had its effect exactly once',
  I4: 'the order of an aggregate is broken',
  I5: 'what a moment asks for has not happened exactly once',
  I8: "a subscriber's journal has a gap or a repeat",
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** One breach, with the ids that show it. */
export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
  readonly ids: readonly string[];
}

/** Makes a violation. */
export function violation(invariant: Invariant, what: string, ...ids: readonly string[]): Violation {
  return { invariant, what, ids };
}

/** The values by key, in the order they came. */
export function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
