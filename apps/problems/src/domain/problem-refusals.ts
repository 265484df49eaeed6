import { isStorable, refuse, type Refused } from '@graphdesk/decisions';

/** Every reason for saying no. */
export const PROBLEM_REFUSALS = [
  /** The actor's roles do not allow this act. */
  'NOT_ALLOWED',
  /** No such problem in this tenant. */
  'NOT_FOUND',
  /** The lifecycle forbids it; the detail says from where and what is allowed. */
  'INVALID_TRANSITION',
  /** Closing takes a resolution code and notes: `closeProblem` asks for them. */
  'RESOLUTION_REQUIRED',
  /** The resolution code does not fit the state that the problem is closed from. */
  'CODE_DOES_NOT_FIT',
  /** A fix cannot be begun before a root cause is on record. */
  'ROOT_CAUSE_MISSING',
  /** A closed problem is not changed any more. */
  'PROBLEM_CLOSED',
  /** A text is empty or too long; the detail names the field. */
  'INVALID_INPUT',
  /** No such service or incident in this tenant; the detail names the field. */
  'UNKNOWN_REFERENCE',
  /** The incident belongs to another problem. */
  'LINKED_ELSEWHERE',
] as const;
export type ProblemRefusal = (typeof PROBLEM_REFUSALS)[number];

/** The longest texts, in characters. */
export const TITLE_LIMIT = 200;
export const TEXT_LIMIT = 10_000;

/** The refusal of a text outside its bounds, or null. `limit` is in characters. */
export function invalidText(field: string, text: string, limit: number): Refused<ProblemRefusal> | null {
  if (text.trim() === '') return refuse('INVALID_INPUT', `${field} must not be empty.`, { path: [field] });
  if (!isStorable(text)) {
    return refuse('INVALID_INPUT', `${field} holds characters that no text has.`, { path: [field] });
  }
  if (text.length > limit) {
    return refuse('INVALID_INPUT', `${field} has more than ${limit} characters.`, { path: [field] });
  }
  return null;
}
