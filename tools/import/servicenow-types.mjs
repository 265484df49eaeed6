// What a ServiceNow log is read into. Types alone.

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

export {};
