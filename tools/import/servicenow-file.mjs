// A ServiceNow incident audit log: its histories, and what of it is refused or odd. Reads the whole file before anything is sent.
import { readCsv, UnreadableFile } from './csv-rows.mjs';
import { localTimes } from './local-time.mjs';
import { historyOf } from './servicenow-history.mjs';
import { COLUMNS, valueOf } from './servicenow-words.mjs';

/**
 * @typedef {import('./servicenow-types.mjs').History} History
 * @typedef {import('./servicenow-types.mjs').Refused} Refused
 * @typedef {import('./servicenow-types.mjs').Note} Note
 */

/**
 * Reads a log. Rows of one `number` in the order of the file are its history; those of several may be mingled.
 * @param {string} file
 * @param {{ zone?: string }} [options] `zone`: where the source's clock hung; default UTC
 * @returns {Promise<{ rows: number, histories: History[], refused: Refused[], notes: Note[] }>}
 * @throws {import('./csv-rows.mjs').UnreadableFile} when it is no such file
 */
export async function readServicenowFile(file, { zone = 'UTC' } = {}) {
  const instant = timesIn(zone);
  /** @type {Map<string, import('./servicenow-types.mjs').Row[]>} */
  const byNumber = new Map();
  /** @type {Refused[]} */
  const refused = [];
  let rows = 0;
  await readCsv(file, COLUMNS, (row) => {
    rows += 1;
    const number = valueOf(row.cells.number);
    if (number === null)
      refused.push({ line: row.line, number: '?', reason: row.fault ?? 'it has no number', rows: 1 });
    else {
      const own = byNumber.get(number);
      if (own) own.push(row);
      else byNumber.set(number, [row]);
    }
  });
  /** @type {History[]} */
  const histories = [];
  for (const [number, own] of byNumber) {
    const outcome = historyOf(number, own, instant);
    if ('history' in outcome) histories.push(outcome.history);
    else refused.push(outcome.refused);
  }
  refused.sort((one, other) => one.line - other.line);
  return { rows, histories, refused, notes: histories.flatMap(({ notes }) => notes) };
}

/** @param {string} zone */
function timesIn(zone) {
  try {
    return localTimes(zone);
  } catch {
    throw new UnreadableFile(`There is no zone ${zone}.`);
  }
}
