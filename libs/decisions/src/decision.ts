/**
 * The answer of a domain rule: either changes to the aggregate plus the facts that now hold, or a refusal.
 * A refusal is an expected "no" from a closed list of codes; anything unexpected is thrown instead.
 */
export type Decision<State, Fact, Code extends string> = Accepted<State, Fact> | Refused<Code>;

/** The rule said yes: apply `changes` to the aggregate and record `facts`, in this order. No facts means nothing to do. */
export interface Accepted<State, Fact> {
  readonly ok: true;
  readonly changes: Partial<State>;
  readonly facts: readonly Fact[];
}

/** The rule said no. `detail` holds plain data for the caller (for example the allowed transitions). */
export interface Refused<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly message: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What a write returns to its caller: the aggregate as it now is, or the refusal. */
export type Outcome<Aggregate, Code extends string> = { readonly ok: true; readonly value: Aggregate } | Refused<Code>;

/** Accepts, with the changed properties and the facts to record. */
export function decide<State, Fact>(changes: Partial<State>, facts: readonly Fact[]): Accepted<State, Fact> {
  return { ok: true, changes, facts };
}

/** Accepts without any effect: the wished state already holds. */
export function unchanged<State, Fact>(): Accepted<State, Fact> {
  return { ok: true, changes: {}, facts: [] };
}

/** Refuses with a code of the closed list, a sentence for people and, if useful, data for programs. */
export function refuse<Code extends string>(
  code: Code,
  message: string,
  detail?: Readonly<Record<string, unknown>>,
): Refused<Code> {
  return detail === undefined ? { ok: false, code, message } : { ok: false, code, message, detail };
}
