// What ServiceNow's words mean here, as tables. A word that is not in its table refuses the incident of its row.

/** @typedef {'NEW' | 'IN_PROGRESS' | 'ON_HOLD' | 'RESOLVED' | 'CLOSED' | 'CANCELED'} State */

/** @type {Readonly<Record<string, { readonly state: State, readonly onHoldReason?: string }>>} */
export const STATES = {
  new: { state: 'NEW' },
  active: { state: 'IN_PROGRESS' },
  'in progress': { state: 'IN_PROGRESS' },
  'awaiting user info': { state: 'ON_HOLD', onHoldReason: 'AWAITING_CALLER' },
  'awaiting problem': { state: 'ON_HOLD', onHoldReason: 'AWAITING_PROBLEM' },
  'awaiting vendor': { state: 'ON_HOLD', onHoldReason: 'AWAITING_VENDOR' },
  'awaiting evidence': { state: 'ON_HOLD', onHoldReason: 'AWAITING_EVIDENCE' },
  'awaiting change': { state: 'ON_HOLD', onHoldReason: 'AWAITING_CHANGE' },
  resolved: { state: 'RESOLVED' },
  closed: { state: 'CLOSED' },
  canceled: { state: 'CANCELED' },
  cancelled: { state: 'CANCELED' },
};

/** Of impact and of urgency. @type {Readonly<Record<string, 'HIGH' | 'MEDIUM' | 'LOW'>>} */
export const LEVELS = { '1 - high': 'HIGH', '2 - medium': 'MEDIUM', '3 - low': 'LOW' };

/** Compared with what our matrix computes, and never sent. @type {Readonly<Record<string, 'P1' | 'P2' | 'P3' | 'P4'>>} */
export const PRIORITIES = { '1 - critical': 'P1', '2 - high': 'P2', '3 - moderate': 'P3', '4 - low': 'P4' };

/**
 * How an incident was resolved, where the source uses ServiceNow's own words. Other codes, such as anonymised ones, say nothing
 * that we know: the incident counts as fixed, and the code stands in its notes.
 * @type {Readonly<Record<string, string>>}
 */
export const RESOLUTIONS = {
  'solved (permanently)': 'FIXED',
  'solved (work around)': 'WORKAROUND',
  'solved remotely (permanently)': 'FIXED',
  'solved remotely (work around)': 'WORKAROUND',
  'not solved (not reproducible)': 'NO_FAULT_FOUND',
};

/** The columns that are read. A file without one of them is none of ours; others are left alone, and their order is free. */
export const COLUMNS = /** @type {const} */ ([
  'number',
  'incident_state',
  'caller_id',
  'opened_by',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'contact_type',
  'location',
  'category',
  'subcategory',
  'u_symptom',
  'cmdb_ci',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
  'problem_id',
  'rfc',
  'caused_by',
  'closed_code',
  'resolved_by',
]);

/** @typedef {typeof COLUMNS[number]} Column */

/**
 * The meaning of a word, whatever its case and blanks.
 * @template T
 * @param {Readonly<Record<string, T>>} table
 * @param {string} word
 * @returns {T | undefined}
 */
export function meaningOf(table, word) {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/**
 * A cell without its blanks around and doubled ones inside; null when it is empty, which the source writes as `?`.
 * @param {string} cell
 * @returns {string | null}
 */
export function valueOf(cell) {
  const value = cell.trim().replace(/\s+/g, ' ');
  return value === '' || value === '?' ? null : value;
}
