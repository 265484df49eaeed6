import { isStorable, refuse, type Refused } from '@graphdesk/decisions';

/** Names are one line: 200 characters at most. */
export const NAME_LIMIT = 200;

// Control characters: names are one line.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The refusal of a name that is empty, too long or holds control characters; null when it is fine. */
export function faultOfName(name: string, field = 'name'): Refused<'INVALID_INPUT'> | null {
  if (name.trim() === '') return refuse('INVALID_INPUT', `${field} must not be empty`, { path: [field] });
  if (name.length > NAME_LIMIT) {
    return refuse('INVALID_INPUT', `${field} has more than ${NAME_LIMIT} characters`, { path: [field] });
  }
  return CONTROL.test(name) || !isStorable(name)
    ? refuse('INVALID_INPUT', `${field} holds characters that no name has`, { path: [field] })
    : null;
}
