// What is odd in a history and yet taken: noted with its line.
import { meaningOf, PRIORITIES } from './servicenow-words.mjs';

/**
 * @typedef {import('./servicenow-types.mjs').Row} Row
 * @typedef {import('./servicenow-types.mjs').Entry} Entry
 * @typedef {import('./servicenow-types.mjs').Link} Link
 * @typedef {import('./servicenow-types.mjs').Note} Note
 */

/**
 * @param {string} number
 * @param {string} openedAt
 * @param {readonly Entry[]} entries
 * @returns {Note[]}
 */
export function oddTimes(number, openedAt, entries) {
  return entries.flatMap(({ line, at }, place) => {
    const before = entries[place - 1]?.at;
    if (before !== undefined && at < before)
      return [{ line, number, note: `its time ${at} lies before that of the row before, ${before}` }];
    return at < openedAt ? [{ line, number, note: `its time ${at} lies before the opening at ${openedAt}` }] : [];
  });
}

/**
 * @param {string} number
 * @param {readonly Row[]} rows
 * @param {readonly Link[]} problems
 * @returns {Note[]}
 */
export function oddWords(number, rows, problems) {
  const odd = rows.find(({ cells }) => !meaningOf(PRIORITIES, cells.priority));
  const last = rows.at(-1)?.line ?? 0;
  return [
    ...(odd
      ? [{ line: odd.line, number, note: `priority "${odd.cells.priority}" is not known and not compared` }]
      : []),
    ...(problems.length > 1
      ? [{ line: last, number, note: `it names ${problems.length} problems: the last one counts` }]
      : []),
  ];
}
