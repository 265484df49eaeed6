import { canMove, decide, refuse, unchanged, type Refused } from '@graphdesk/decisions';
import { CODES_BY_STATE, PROBLEM_LIFECYCLE } from './problem-lifecycle.js';
import { forbidden, type Acting } from './problem-permissions.js';
import { invalidText, TEXT_LIMIT, type ProblemRefusal } from './problem-refusals.js';
import type { Problem, ProblemDecision } from './problem.js';
import type { LinkReason, ProblemState, ResolutionCode } from './vocabulary.js';

/** Takes a step of the lifecycle other than the last. Being there already changes nothing. */
export function moveProblem(problem: Problem, to: ProblemState, acting: Acting, now: Date): ProblemDecision {
  const refused = forbidden(acting, 'move');
  if (refused) return refused;
  if (to === problem.state) return unchanged();
  if (!canMove<ProblemState>(PROBLEM_LIFECYCLE, problem.state, to)) return invalidTransition(problem, to);
  if (to === 'CLOSED') return refuse('RESOLUTION_REQUIRED', 'Close it with closeProblem, which asks how it ended.');
  if (to === 'FIX_IN_PROGRESS' && problem.rootCause === null) {
    return refuse('ROOT_CAUSE_MISSING', 'A fix cannot be begun before a root cause is on record.');
  }
  return decide({ state: to }, [{ kind: 'problem-moved', from: problem.state, to, at: now }]);
}

/** What was found out about the cause. A symptom or workaround that is not given stays as it is. */
export interface Findings {
  readonly rootCause: string;
  readonly symptom: string | null;
  readonly workaround: string | null;
}

/** Puts the cause on record: from now on it is a known error. */
export function recordRootCause(problem: Problem, findings: Findings, acting: Acting, now: Date): ProblemDecision {
  const refused = forbidden(acting, 'recordRootCause') ?? closed(problem) ?? invalidFindings(findings);
  if (refused) return refused;
  const known = {
    rootCause: findings.rootCause.trim(),
    symptom: findings.symptom?.trim() ?? problem.symptom,
    workaround: findings.workaround?.trim() ?? problem.workaround,
  };
  const same = (['rootCause', 'symptom', 'workaround'] as const).every((field) => known[field] === problem[field]);
  return same ? unchanged() : decide(known, [{ kind: 'known-error-recorded', at: now }]);
}

/** Puts on record what helps until it is fixed. */
export function recordWorkaround(problem: Problem, text: string, acting: Acting, now: Date): ProblemDecision {
  const refused =
    forbidden(acting, 'recordWorkaround') ?? closed(problem) ?? invalidText('workaround', text, TEXT_LIMIT);
  if (refused) return refused;
  const workaround = text.trim();
  if (workaround === problem.workaround) return unchanged();
  return decide({ workaround }, [{ kind: 'workaround-recorded', workaround, at: now }]);
}

/** Links an incident; `linkedTo` is the problem it belongs to now. An incident belongs to one problem at most. */
export function linkIncident(
  problem: Problem,
  incident: { readonly id: string; readonly linkedTo: string | null },
  reason: LinkReason,
  acting: Acting,
  now: Date,
): ProblemDecision {
  const refused = forbidden(acting, 'linkIncident') ?? closed(problem);
  if (refused) return refused;
  if (incident.linkedTo === problem.id) return unchanged();
  if (incident.linkedTo !== null) {
    return refuse('LINKED_ELSEWHERE', 'The incident belongs to another problem.', { path: ['incidentId'] });
  }
  return decide({}, [{ kind: 'problem-incident-linked', incidentId: incident.id, reason, at: now }]);
}

/** Ends it. Which code fits depends on how far it came. */
export function closeProblem(
  problem: Problem,
  resolution: { readonly code: ResolutionCode; readonly notes: string },
  acting: Acting,
  now: Date,
): ProblemDecision {
  const refused = forbidden(acting, 'close') ?? invalidText('notes', resolution.notes, TEXT_LIMIT);
  if (refused) return refused;
  if (!canMove<ProblemState>(PROBLEM_LIFECYCLE, problem.state, 'CLOSED')) return invalidTransition(problem, 'CLOSED');
  const fitting = CODES_BY_STATE[problem.state];
  if (!fitting.includes(resolution.code)) {
    const message = `From ${problem.state} a problem is closed as ${fitting.join(' or ')}.`;
    return refuse('CODE_DOES_NOT_FIT', message, { path: ['resolutionCode'] });
  }
  const notes = resolution.notes.trim();
  return decide({ state: 'CLOSED', resolutionCode: resolution.code, resolutionNotes: notes, closedAt: now }, [
    { kind: 'problem-closed', from: problem.state, resolutionCode: resolution.code, notes, at: now },
  ]);
}

function invalidTransition(problem: Problem, to: ProblemState): Refused<ProblemRefusal> {
  return refuse('INVALID_TRANSITION', `A problem that is ${problem.state} cannot become ${to}.`, {
    from: problem.state,
    allowed: [...PROBLEM_LIFECYCLE[problem.state]],
  });
}

function closed(problem: Problem): Refused<ProblemRefusal> | null {
  return problem.state === 'CLOSED' ? refuse('PROBLEM_CLOSED', 'A closed problem is not changed any more.') : null;
}

function invalidFindings({ rootCause, symptom, workaround }: Findings): Refused<ProblemRefusal> | null {
  return (
    invalidText('rootCause', rootCause, TEXT_LIMIT) ??
    (symptom === null ? null : invalidText('symptom', symptom, TEXT_LIMIT)) ??
    (workaround === null ? null : invalidText('workaround', workaround, TEXT_LIMIT))
  );
}
