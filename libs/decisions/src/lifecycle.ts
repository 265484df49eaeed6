/** A table of allowed transitions: from each state, the states that may follow. */
export type Lifecycle<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Whether the table allows the step `from` -> `to`. */
export function canMove<State extends string>(lifecycle: Lifecycle<State>, from: State, to: State): boolean {
  return lifecycle[from].includes(to);
}

/** The states that may follow `from`, in the table's order. */
export function allowedMoves<State extends string>(lifecycle: Lifecycle<State>, from: State): readonly State[] {
  return lifecycle[from];
}
