import { isStorable, refuse, type Refused } from '@graphdesk/decisions';

/** Every reason for saying no. */
export const UPDATE_REFUSALS = [
  /** The actor's roles do not allow this act. */
  'NOT_ALLOWED',
  /** No such update in this tenant. */
  'NOT_FOUND',
  /** The lifecycle forbids it; the detail says from where and what is allowed. */
  'INVALID_TRANSITION',
  /** Words can be changed until somebody answers for them. */
  'NOT_A_DRAFT',
  /** A text is empty or too long, or a subject has more than one line; the detail names the field. */
  'INVALID_INPUT',
  /** No channel is set up to send through. */
  'NO_CHANNEL',
  /** Nobody is on the list for this audience and service. */
  'NO_RECIPIENTS',
  /** What is given as an e-mail address is none. */
  'INVALID_EMAIL',
  /** The address is on the list for this audience already. */
  'SUBSCRIBER_EXISTS',
  /** The list is full. */
  'TOO_MANY_SUBSCRIBERS',
  /** A service that is named is not known (yet). */
  'UNKNOWN_REFERENCE',
] as const;
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number];

/** The longest texts, in characters. */
export const SUBJECT_LIMIT = 200;
export const BODY_LIMIT = 10_000;

/** The refusal of a text outside its bounds, or null. `limit` is in characters. */
export function invalidText(field: string, text: string, limit: number): Refused<UpdateRefusal> | null {
  if (text.trim() === '') return refuse('INVALID_INPUT', `${field} must not be empty.`, { path: [field] });
  if (!isStorable(text)) {
    return refuse('INVALID_INPUT', `${field} holds characters that no text has.`, { path: [field] });
  }
  if (text.length > limit) {
    return refuse('INVALID_INPUT', `${field} has more than ${limit} characters.`, { path: [field] });
  }
  return null;
}
