// What an import did: for people, and as one line of JSON.

/**
 * @typedef {object} Summary
 * @property {string} file
 * @property {string} system
 * @property {number} rows of the file, the header left out
 * @property {number} rowsRefused
 * @property {number} incidents that are in the system now: imported, extended or known
 * @property {number} imported
 * @property {number} extended by what the file has beyond
 * @property {number} known already, with nothing to add
 * @property {number} entries of histories that were added by this run
 * @property {{ people: number, teams: number, problems: number, changes: number }} created by this run
 * @property {number} prioritiesCompared incidents
 * @property {number} prioritiesEqual incidents of which the matrix computed every priority of the file
 * @property {{ line: number, number: string, ours: string, theirs: string }[]} prioritiesDifferent the first of each incident
 * @property {import('./servicenow-types.mjs').Refused[]} refused
 * @property {{ kind: string, name: string, reason: string }[]} refusedReferences people, teams, problems and changes
 * @property {import('./servicenow-types.mjs').Note[]} notes
 * @property {number} seconds
 */

/**
 * @param {string} file
 * @param {string} system
 * @param {{ rows: number, refused: import('./servicenow-types.mjs').Refused[], notes: import('./servicenow-types.mjs').Note[] }} read
 * @param {import('./import-histories.mjs').Imported} imported
 * @param {number} seconds
 * @returns {Summary}
 */
export function summaryOf(file, system, read, imported, seconds) {
  const refused = [...read.refused, ...imported.incidents.flatMap(refusalOf)].sort(
    (one, other) => one.line - other.line,
  );
  const taken = imported.incidents.filter(({ result }) => result.outcome !== 'REFUSED');
  const compared = taken.filter(({ history }) => history.entries.some(({ priority }) => priority !== null));
  const different = compared.flatMap(differenceOf);
  const kinds = /** @type {const} */ (['people', 'teams', 'problems', 'changes']);
  const created = (/** @type {typeof kinds[number]} */ kind) => countOf(imported[kind], 'IMPORTED');
  const results = taken.map(({ result }) => result);
  return {
    file,
    system,
    rows: read.rows,
    rowsRefused: refused.reduce((sum, { rows }) => sum + rows, 0),
    incidents: taken.length,
    imported: countOf(results, 'IMPORTED'),
    extended: countOf(results, 'EXTENDED'),
    known: countOf(results, 'KNOWN'),
    entries: results.reduce((sum, { entries }) => sum + entries, 0),
    created: {
      people: created('people'),
      teams: created('teams'),
      problems: created('problems'),
      changes: created('changes'),
    },
    prioritiesCompared: compared.length,
    prioritiesEqual: compared.length - different.length,
    prioritiesDifferent: different,
    refused,
    refusedReferences: kinds.flatMap((kind) =>
      imported[kind]
        .filter(({ outcome }) => outcome === 'REFUSED')
        .map(({ externalId, code, message }) => ({ kind, name: externalId, reason: `${code}: ${message}` })),
    ),
    notes: [...read.notes, ...unlinked(imported)].sort((one, other) => one.line - other.line),
    seconds: Math.round(seconds * 10) / 10,
  };
}

/**
 * @param {readonly { outcome: string }[]} results
 * @param {string} outcome
 */
function countOf(results, outcome) {
  return results.filter((result) => result.outcome === outcome).length;
}

/** @param {import('./import-histories.mjs').Taken} taken */
function refusalOf({ history, result }) {
  if (result.outcome !== 'REFUSED') return [];
  const line = Number(/\d+/.exec(result.reference ?? '')?.[0] ?? history.entries[0]?.line ?? 0);
  const reason = `${result.code}: ${result.message}`;
  return [{ line, number: history.number, reason, rows: history.entries.length }];
}

/**
 * Incidents that do not belong to the problem that the file names.
 * @param {import('./import-histories.mjs').Imported} imported
 * @returns {import('./servicenow-types.mjs').Note[]}
 */
function unlinked({ incidents, problems }) {
  const skipped = new Map(
    problems.flatMap(({ externalId, skippedIncidentIds = [] }) => skippedIncidentIds.map((id) => [id, externalId])),
  );
  return incidents.flatMap(({ history: { number, entries }, result }) => {
    const problem = skipped.get(result.incident?.id ?? '');
    const note = `it is canceled or belongs to another problem, and was not linked to ${problem}`;
    return problem === undefined ? [] : [{ line: entries.at(-1)?.line ?? 0, number, note }];
  });
}

/** The first row whose priority is not what the matrix says. @param {import('./import-histories.mjs').Taken} taken */
function differenceOf({ history, result }) {
  const place = history.entries.findIndex(({ priority }, n) => priority !== null && priority !== result.priorities[n]);
  const entry = history.entries[place];
  if (!entry) return [];
  const { number } = history;
  return [{ line: entry.line, number, ours: result.priorities[place] ?? 'none', theirs: String(entry.priority) }];
}

/** The report's lines; the last one is the summary as JSON. @param {Summary} summary @returns {string[]} */
export function reportLines(summary) {
  const { rows, rowsRefused, incidents, imported, extended, known, entries, created } = summary;
  const { prioritiesCompared, prioritiesEqual, prioritiesDifferent, refused, refusedReferences, notes, seconds } =
    summary;
  return [
    `${rows} rows in ${seconds} s: ${rows - rowsRefused} taken, ${rowsRefused} refused`,
    `${incidents} incidents: ${imported} imported, ${extended} extended, ${known} known already; ${entries} entries added`,
    `created: ${created.people} people, ${created.teams} teams, ${created.problems} problems, ${created.changes} changes`,
    `priorities as the matrix computes them: equal for ${prioritiesEqual} of ${prioritiesCompared} incidents`,
    ...prioritiesDifferent.map(
      ({ line, number, ours, theirs }) => `  line ${line}, ${number}: ${theirs} in the file, ${ours} here`,
    ),
    ...refused.map(
      ({ line, number, reason, rows: own }) => `refused: line ${line}, ${number} with ${own} rows: ${reason}`,
    ),
    ...refusedReferences.map(({ kind, name, reason }) => `refused: ${name} of ${kind}: ${reason}`),
    ...notes.map(({ line, number, note }) => `note: line ${line}, ${number}: ${note}`),
    JSON.stringify(summary),
  ];
}
