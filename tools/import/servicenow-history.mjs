// Rows of one incident become its history. A row that cannot be refuses the incident; what is odd and can be is noted.
import { LEVELS, meaningOf, PRIORITIES, RESOLUTIONS, STATES, valueOf } from './servicenow-words.mjs';

/** @typedef {import('./csv-rows.mjs').Row<import('./servicenow-words.mjs').Column>} Row */

/**
 * @typedef {object} Refused
 * @property {number} line the first row that cannot be
 * @property {string} number
 * @property {string} reason
 * @property {number} rows how many rows of the file fall with it
 *
 * @typedef {object} Note
 * @property {number} line
 * @property {string} number
 * @property {string} note
 *
 * @typedef {object} Entry one row, people and teams by their names in the source
 * @property {number} line
 * @property {string} at
 * @property {string} state
 * @property {string | null} onHoldReason
 * @property {string} impact
 * @property {string} urgency
 * @property {string | null} owner
 * @property {string | null} team
 * @property {string | null} actor
 * @property {string | null} resolver
 * @property {string | null} resolutionCode
 * @property {string | null} notes
 * @property {string | null} priority as the source has it, to be compared and never sent
 *
 * @typedef {object} Link to a problem or a change, by its name in the source, since when
 * @property {string} name
 * @property {string} since
 *
 * @typedef {object} History
 * @property {string} number
 * @property {string} title
 * @property {string} description
 * @property {string} openedAt
 * @property {string | null} reporter
 * @property {Entry[]} entries
 * @property {Link | null} problem
 * @property {Link[]} requestedChanges
 * @property {Link[]} causes
 * @property {Note[]} notes
 */

/** What is told of an incident beyond its history: how the description calls each column. */
const TOLD = /** @type {const} */ ({
  category: 'Category',
  subcategory: 'Subcategory',
  u_symptom: 'Symptom',
  cmdb_ci: 'Configuration item',
  location: 'Location',
  contact_type: 'Contact type',
  opened_by: 'Opened by',
});
const toldColumns = /** @type {(keyof typeof TOLD)[]} */ (Object.keys(TOLD));

/**
 * The history in the rows of one incident, in the order of the file.
 * @param {string} number
 * @param {readonly Row[]} rows
 * @param {(text: string) => string | undefined} instant
 * @returns {{ history: History } | { refused: Refused }}
 */
export function historyOf(number, rows, instant) {
  for (const row of rows) {
    const reason = row.fault ?? faultOf(row, instant);
    if (reason) return { refused: { line: row.line, number, reason, rows: rows.length } };
  }
  const [first] = rows;
  if (!first) throw new Error(`${number} has no rows`);
  const { cells } = first;
  const openedAt = instant(cells.opened_at) ?? '';
  const entries = rows.map((row, place) => entryOf(row, rows[place - 1], instant));
  const kinds = [valueOf(cells.category), valueOf(cells.subcategory)].filter((kind) => kind !== null);
  const problems = linksOf(rows, 'problem_id', entries);
  return {
    history: {
      number,
      title: kinds.length > 0 ? `${number}: ${kinds.join(', ')}`.slice(0, 200) : number,
      description: toldColumns.flatMap((column) => told(column, cells)).join('\n'),
      openedAt,
      reporter: valueOf(cells.caller_id),
      entries,
      problem: problems.at(-1) ?? null,
      requestedChanges: linksOf(rows, 'rfc', entries),
      causes: linksOf(rows, 'caused_by', entries),
      notes: [...oddTimes(number, openedAt, entries), ...oddWords(number, rows, problems)],
    },
  };
}

/**
 * @param {Row} row
 * @param {(text: string) => string | undefined} instant
 */
function faultOf({ cells }, instant) {
  if (!meaningOf(STATES, cells.incident_state)) return `incident_state "${cells.incident_state}" is not known`;
  for (const column of /** @type {const} */ (['impact', 'urgency'])) {
    if (!meaningOf(LEVELS, cells[column])) return `${column} "${cells[column]}" is not known`;
  }
  for (const column of /** @type {const} */ (['opened_at', 'sys_updated_at'])) {
    if (!instant(cells[column])) return `${column} "${cells[column]}" is no moment (day-month-year hour:minute)`;
  }
  return undefined;
}

/**
 * @param {Row} row
 * @param {Row | undefined} before
 * @param {(text: string) => string | undefined} instant
 * @returns {Entry}
 */
function entryOf({ line, cells }, before, instant) {
  const { state = 'NEW', onHoldReason = null } = meaningOf(STATES, cells.incident_state) ?? {};
  const resolved = state === 'RESOLVED';
  const code = valueOf(cells.closed_code);
  const changed = before
    ? toldColumns.filter((column) => valueOf(cells[column]) !== valueOf(before.cells[column]))
    : [];
  const notes = [
    ...changed.flatMap((column) => told(column, cells)),
    ...(resolved && code ? [`Closed code: ${code}`] : []),
  ];
  return {
    line,
    at: instant(cells.sys_updated_at) ?? '',
    state,
    onHoldReason,
    impact: meaningOf(LEVELS, cells.impact) ?? '',
    urgency: meaningOf(LEVELS, cells.urgency) ?? '',
    owner: valueOf(cells.assigned_to),
    team: valueOf(cells.assignment_group),
    actor: valueOf(cells.sys_updated_by),
    // The source fills these in from the first row on, as it was exported at the end.
    resolver: resolved ? valueOf(cells.resolved_by) : null,
    resolutionCode: resolved && code ? (meaningOf(RESOLUTIONS, code) ?? null) : null,
    notes: notes.length > 0 ? notes.join('\n') : null,
    priority: meaningOf(PRIORITIES, cells.priority) ?? null,
  };
}

/**
 * @param {keyof typeof TOLD} column
 * @param {Row['cells']} cells
 */
function told(column, cells) {
  const value = valueOf(cells[column]);
  return value === null ? [] : [`${TOLD[column]}: ${value}`];
}

/**
 * Each problem or change that the rows name, once, since its first row.
 * @param {readonly Row[]} rows
 * @param {'problem_id' | 'rfc' | 'caused_by'} column
 * @param {readonly Entry[]} entries
 * @returns {Link[]}
 */
function linksOf(rows, column, entries) {
  /** @type {Map<string, Link>} */
  const links = new Map();
  for (const [place, { cells }] of rows.entries()) {
    const name = valueOf(cells[column]);
    if (name !== null && !links.has(name)) links.set(name, { name, since: entries[place]?.at ?? '' });
  }
  return [...links.values()];
}

/**
 * @param {string} number
 * @param {string} openedAt
 * @param {readonly Entry[]} entries
 * @returns {Note[]}
 */
function oddTimes(number, openedAt, entries) {
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
function oddWords(number, rows, problems) {
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
