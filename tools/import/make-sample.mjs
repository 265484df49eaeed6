// Writes tools/import/sample.csv: a small made-up log with the columns of ServiceNow's and the ugliness of a real one. The same seed
// gives the same bytes.   node tools/import/make-sample.mjs [FILE] [INCIDENTS]
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HEADER =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at';
const LEVELS = ['1 - High', '2 - Medium', '3 - Low'];
/** What ServiceNow's own matrix says of impact and urgency: rows are impacts. */
const MATRIX = [
  ['1 - Critical', '2 - High', '3 - Moderate'],
  ['2 - High', '3 - Moderate', '4 - Low'],
  ['3 - Moderate', '4 - Low', '4 - Low'],
];
const [USER, PROBLEM, VENDOR, EVIDENCE] = ['User Info', 'Problem', 'Vendor', 'Evidence'].map(
  (what) => `Awaiting ${what}`,
);
/** Histories as logs have them: from the birth, from the middle, reopened, closed twice. */
const ROUTES = [
  ['New', 'Active', 'Active', USER, 'Active', 'Resolved', 'Closed'],
  ['New', 'New', 'Resolved', 'Closed'],
  ['Resolved', 'Closed'],
  ['Active', 'Active', PROBLEM, PROBLEM, 'Active', 'Resolved', 'Closed', 'Closed'],
  ['New', 'Active', 'Resolved', 'Active', 'Resolved', 'Closed'],
  [USER, USER, VENDOR, 'Active', EVIDENCE, 'Active', 'Resolved', 'Resolved', 'Closed'],
  ['New', 'Active', 'Active', 'Active', USER, PROBLEM, 'Active', 'Resolved', 'Closed'],
];
const SEED = 20_261_123;

/**
 * The log's text.
 * @param {number} incidents
 * @param {number} [seed]
 */
export function sampleLog(incidents, seed = SEED) {
  const random = randomNumbers(seed);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  /** @type {string[]} */
  const rows = [];
  for (let n = 0; n < incidents; n += 1) rows.push(...rowsOf(n, below).map((row) => row.map(quoted).join(',')));
  // One block of the file came from another machine.
  const end = (/** @type {number} */ place) => (place % 50 < 10 ? '\r\n' : '\n');
  return `\uFEFF${HEADER}\n${rows.map((row, place) => row + end(place)).join('')}`;
}

/**
 * @param {number} n
 * @param {(limit: number) => number} below
 * @returns {string[][]}
 */
function rowsOf(n, below) {
  const route = ROUTES[n % ROUTES.length] ?? [];
  const opened = Date.UTC(2016, 1, 28, 6, 0) + n * 17 * 60_000;
  const impact = Math.floor(n / 3) % 3;
  const caller = `Caller ${1 + below(25)}`;
  let urgency = n % 3;
  let at = opened;
  return route.map((state, place) => {
    // Every ninth incident gets another urgency on its way, every eleventh has a row whose clock was wrong.
    if (n % 9 === 4 && place === 2) urgency = (urgency + 1) % 3;
    at += (1 + below(90)) * 60_000;
    const shown = n % 11 === 5 && place === 1 ? opened - 3_600_000 : at;
    const resolved = n % 8 === 3 ? '?' : `Resolved by ${n % 6}`;
    const linked = place >= 1;
    return [
      `INC${String(9_000_000 + n).padStart(7, '0')}`,
      state,
      state === 'Closed' ? 'FALSE' : 'TRUE',
      ...['0', '0', String(place), 'TRUE', caller, `Opened by  ${n % 5}`, moment(opened)],
      ...['?', '?', `Updated by ${below(12)}`, moment(shown), 'Phone', `Location ${n % 4}`],
      n % 13 === 6 ? 'Mail, calendar and "rooms"' : `Category ${n % 7}`,
      ...[`Subcategory ${n % 3}`, '?', n % 20 === 0 ? 'cmdb_ci 31' : '?'],
      LEVELS[impact] ?? '',
      LEVELS[urgency] ?? '',
      MATRIX[impact]?.[urgency] ?? '',
      `Group ${place < 2 ? n % 4 : (n + 1) % 4}`,
      n % 4 === 1 || place === 0 ? '?' : `Resolver ${n % 9}${place > 2 ? '' : place}`,
      ...['FALSE', 'FALSE', 'Do Not Notify'],
      linked && n % 5 === 3 ? `Problem ID  ${n % 2}` : '?',
      linked && n % 10 === 1 ? `CHG${String(9_000_000 + (n % 3)).padStart(7, '0')}` : '?',
      '?',
      n % 12 === 7 ? 'CHG9000097' : '?',
      n % 6 === 5 ? '?' : `code ${n % 6}`,
      ...[resolved, moment(at), moment(at)],
    ];
  });
}

/** @param {number} at */
function moment(at) {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(new Date(at).toISOString()) ?? [];
  return `${day}-${month}-${year} ${time}`;
}

/** @param {string} cell */
function quoted(cell) {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Mulberry32: small, and the same everywhere.
 * @param {number} seed
 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const [file = fileURLToPath(new URL('sample.csv', import.meta.url)), incidents = '40'] = argv.slice(2);
  writeFileSync(file, sampleLog(Number(incidents)));
}
