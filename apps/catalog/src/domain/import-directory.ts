import { refuse, type Refused } from '@graphdesk/decisions';
import { faultOfName } from './catalog-texts.js';

/** People and teams of one import, together. */
export const DIRECTORY_LIMIT = 500;

/** Longest name of another system, and of a thing in it, in characters. */
const EXTERNAL_LIMIT = 200;

/** Somebody or a team as the other system knows them. */
export interface DirectoryEntry {
  readonly externalId: string;
  readonly name: string;
}

/** The refusal of a whole directory: too many entries at once, or a system without a name. */
export function faultOfDirectory(system: string, entries: number): Refused<'INVALID_INPUT'> | null {
  if (entries > DIRECTORY_LIMIT) {
    return refuse('INVALID_INPUT', `at most ${DIRECTORY_LIMIT} people and teams at once`, { path: ['people'] });
  }
  return faultOfName(system, 'system');
}

/** The refusal of one entry, or null; the others go on. */
export function faultOfEntry({ externalId, name }: DirectoryEntry): Refused<'INVALID_INPUT'> | null {
  const tooLong = externalId.length > EXTERNAL_LIMIT;
  if (tooLong) return refuse('INVALID_INPUT', `externalId has more than ${EXTERNAL_LIMIT} characters`);
  return faultOfName(externalId, 'externalId') ?? faultOfName(name);
}
