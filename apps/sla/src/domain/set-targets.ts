import { decide, refuse, unchanged, type Decision, type Refused } from '@graphdesk/decisions';
import { forbidden, type Acting } from './sla-permissions.js';
import { TARGET_BOUNDS_MINUTES, targetOf, type PolicyRevised, type SlaPolicy, type SlaTarget } from './sla-policy.js';
import type { SlaRefusal } from './sla-refusals.js';
import { PRIORITIES } from './vocabulary.js';

/** Sets some targets and keeps the others: a new version. Setting what already holds changes nothing. */
export function setTargets(
  policy: SlaPolicy,
  wished: readonly SlaTarget[],
  acting: Acting,
  now: Date,
): Decision<SlaPolicy, PolicyRevised, SlaRefusal> {
  const fault = forbidden(acting, 'setTargets') ?? duplicateOf(wished) ?? outOfBounds(wished);
  if (fault) return fault;
  const targets = policy.targets.map((old) => wished.find((target) => isFor(target, old)) ?? old);
  const inverted = ownAfterResolve(targets);
  if (inverted) return inverted;
  if (targets.every((target, index) => target.minutes === policy.targets[index]?.minutes)) return unchanged();
  return decide({ targets, revisedAt: now, revisedBy: acting.id }, [{ kind: 'sla-policy-revised', at: now }]);
}

const isFor = (one: SlaTarget, other: SlaTarget): boolean =>
  one.priority === other.priority && one.measure === other.measure;

function duplicateOf(wished: readonly SlaTarget[]): Refused<SlaRefusal> | null {
  const index = wished.findIndex((target, place) => wished.findIndex((other) => isFor(target, other)) < place);
  const target = wished[index];
  return target
    ? refuse('DUPLICATE_TARGET', `${target.measure} of ${target.priority} is given twice.`, pathOf(index))
    : null;
}

function outOfBounds(wished: readonly SlaTarget[]): Refused<SlaRefusal> | null {
  const { least, most } = TARGET_BOUNDS_MINUTES;
  const index = wished.findIndex(({ minutes }) => !Number.isInteger(minutes) || minutes < least || minutes > most);
  return index < 0
    ? null
    : refuse('TARGET_OUT_OF_BOUNDS', `A target is ${least} to ${most} whole minutes.`, pathOf(index));
}

const pathOf = (index: number): { path: string[] } => ({ path: ['targets', String(index)] });

function ownAfterResolve(targets: readonly SlaTarget[]): Refused<SlaRefusal> | null {
  const priority = PRIORITIES.find(
    (one) => targetOf(targets, one, 'TIME_TO_OWN') > targetOf(targets, one, 'TIME_TO_RESOLVE'),
  );
  return priority === undefined
    ? null
    : refuse('OWN_AFTER_RESOLVE', `${priority} would have to be resolved before it has to be owned.`, {
        path: ['targets'],
      });
}
