import { INVARIANTS, type Invariant, type Violation } from './invariants.js';
import type { PlantedRun } from './planted-bugs.js';
import type { Proof } from './prove-spine.js';

/** Violations of one invariant that are written out; the rest stand in the journals. */
const SHOWN = 8;

const NAMES = Object.keys(INVARIANTS) as Invariant[];

/** Violations per invariant, those without any included. */
export function counts(violations: readonly Violation[]): Readonly<Record<Invariant, number>> {
  const of = (name: Invariant): number => violations.filter(({ invariant }) => invariant === name).length;
  return { I1: of('I1'), I2: of('I2'), I3: of('I3'), I4: of('I4'), I5: of('I5'), I8: of('I8') };
}

/** The invariants that show a planted bug, of those that it breaks. */
export function catchers({ violations }: Pick<Proof, 'violations'>, { caughtBy }: PlantedRun): readonly Invariant[] {
  const found = counts(violations);
  return caughtBy.filter((name) => found[name] > 0);
}

/** A run for people. */
export function table(proof: Proof): readonly string[] {
  const { violations, operations, events, effects, messages, resumptions, kills, ownEnds } = proof;
  const found = counts(violations);
  const { ok, refused, unknown } = operations;
  return [
    `  operations   ${ok} acknowledged, ${refused} refused, ${unknown} unknown`,
    `  events       ${events} written, ${effects} applied by readers, ${messages} received by subscribers`,
    `  kills        ${listed(kills)}; subscribers came back ${resumptions} times`,
    ...(ownEnds.length > 0 ? [`  ended by themselves and started again: ${ownEnds.join('; ')}`] : []),
    ...NAMES.map((name) => `  ${name} ${String(found[name]).padStart(6)}  ${INVARIANTS[name]}`),
    ...NAMES.flatMap((name) => shown(violations.filter(({ invariant }) => invariant === name))),
  ];
}

/** The same for programs. */
export function summary(proof: Proof): object {
  const { violations, ...rest } = proof;
  return { violations: counts(violations), ...rest };
}

function shown(violations: readonly Violation[]): readonly string[] {
  const lines = violations
    .slice(0, SHOWN)
    .map(({ invariant, what, ids }) => `    ${invariant} ${what}: ${ids.join(' ')}`);
  return violations.length > SHOWN ? [...lines, `    ... and ${violations.length - SHOWN} more`] : lines;
}

function listed(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
