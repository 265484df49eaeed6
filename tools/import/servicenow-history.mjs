// Rows of one incident become its history. A row that cannot be refuses the incident; what is odd and can be is noted.
import { oddTimes, oddWords } from './servicenow-oddities.mjs';
import { LEVELS, meaningOf, PRIORITIES, RESOLUTIONS, STATES, valueOf } from './servicenow-words.mjs';

/**
 * @typedef {import('./servicenow-types.mjs').Row} Row
 * @typedef {import('./servicenow-types.mjs').Entry} Entry
 * @typedef {import('./servicenow-types.mjs').Link} Link
 * @typedef {import('./servicenow-types.mjs').History} History
 * @typedef {import('./servicenow-types.mjs').Refused} Refused
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
      title: kinds.length > 0 ? `${number}: ${kinds.join(', ')}`.slice(0, 200).toWellFormed() : number,
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
