// Histories into a running system: people and teams first, then the incidents, then the problems and changes that they name.
import { batches, several } from './batches.mjs';
import { IMPORT_CHANGES, IMPORT_DIRECTORY, IMPORT_INCIDENTS, IMPORT_PROBLEMS } from './documents.mjs';
import { changesOf, peopleOf, problemsOf, teamsOf } from './referred.mjs';
import { take } from './take.mjs';

/** Below the gateway's 100 KiB for a request, with room for the document; and what a service does well within its 5 s. */
const DIRECTORY = { count: 100, bytes: 80_000 };
const INCIDENTS = { count: 8, bytes: 60_000 };
const LINKED = { count: 20, bytes: 60_000 };
const AT_A_TIME = 3;

/**
 * @typedef {import('./servicenow-types.mjs').History} History
 * @typedef {import('./take.mjs').Result} Result
 *
 * @typedef {object} Taken what became of one incident
 * @property {History} history
 * @property {Result & { reference: string | null, entries: number, priorities: string[], incident: { id: string } | null }} result
 *
 * @typedef {object} Imported
 * @property {Taken[]} incidents
 * @property {Result[]} people
 * @property {Result[]} teams
 * @property {(Result & { skippedIncidentIds?: string[] })[]} problems `skippedIncidentIds`: canceled here, or of another problem
 * @property {Result[]} changes
 */

/**
 * Imports; a repeat changes nothing and completes what an interrupted run began.
 * @param {import('./gateway.mjs').Gateway} gateway
 * @param {string} system
 * @param {readonly History[]} histories
 * @param {(step: string, done: number, of: number) => void} onProgress
 * @returns {Promise<Imported>}
 */
export async function importHistories(gateway, system, histories, onProgress) {
  const people = await importNames('people', peopleOf(histories));
  const teams = await importNames('teams', teamsOf(histories));
  /** @type {Taken[]} */
  const incidents = [];
  const inputs = linkedFirst(histories).map((history) => inputOf(history, people.ids, teams.ids));
  const byNumber = new Map(histories.map((history) => [history.number, history]));
  await several(batches(inputs, INCIDENTS), AT_A_TIME, async (portion) => {
    const results = await take(gateway, portion, (given) =>
      gateway.ask(IMPORT_INCIDENTS, { system, incidents: given }),
    );
    for (const result of results) {
      const history = byNumber.get(result.externalId);
      if (history) incidents.push({ history, result });
    }
    onProgress('incidents', incidents.length, inputs.length);
  });
  const ids = new Map(
    incidents.flatMap(({ history, result }) => (result.incident ? [[history.number, result.incident.id]] : [])),
  );
  return {
    incidents,
    people: people.results,
    teams: teams.results,
    problems: await importLinked('problems', problemsOf(histories, ids), IMPORT_PROBLEMS),
    changes: await importLinked('changes', changesOf(histories, ids), IMPORT_CHANGES),
  };

  /**
   * @param {'people' | 'teams'} kind
   * @param {readonly string[]} names
   */
  async function importNames(kind, names) {
    /** @type {Map<string, string>} */
    const found = new Map();
    /** @type {Result[]} */
    const all = [];
    for (const portion of batches(
      names.map((name) => ({ externalId: name, name })),
      DIRECTORY,
    )) {
      const results = await take(gateway, portion, async (given) => {
        const none = { people: [], teams: [] };
        const answer = await gateway.ask(IMPORT_DIRECTORY, { system, ...none, [kind]: given });
        return { results: answer[kind], errors: answer.errors };
      });
      for (const result of results) {
        const id = result.person?.id ?? result.team?.id;
        if (id) found.set(result.externalId, id);
      }
      all.push(...results);
      onProgress(kind, all.length, names.length);
    }
    return { ids: found, results: all };
  }

  /**
   * @template {{ externalId: string }} Thing
   * @param {'problems' | 'changes'} kind
   * @param {readonly Thing[]} things
   * @param {string} document
   */
  async function importLinked(kind, things, document) {
    /** @type {(Result & { skippedIncidentIds?: string[] })[]} */
    const all = [];
    for (const portion of batches(things, LINKED)) {
      all.push(...(await take(gateway, portion, (given) => gateway.ask(document, { system, [kind]: given }))));
      onProgress(kind, all.length, things.length);
    }
    return all;
  }
}

/**
 * Problems and changes wait until their services have heard of the incidents: those go first, so that nobody waits in the end.
 * @param {readonly History[]} histories
 */
function linkedFirst(histories) {
  const isLinked = (/** @type {History} */ { problem, requestedChanges, causes }) =>
    problem !== null || requestedChanges.length + causes.length > 0;
  return [...histories.filter(isLinked), ...histories.filter((history) => !isLinked(history))];
}

/**
 * @param {History} history
 * @param {ReadonlyMap<string, string>} people
 * @param {ReadonlyMap<string, string>} teams
 */
export function inputOf({ number, title, description, openedAt, reporter, entries }, people, teams) {
  const idOf = (/** @type {ReadonlyMap<string, string>} */ ids, /** @type {string | null} */ name) =>
    name === null ? null : (ids.get(name) ?? null);
  const [first] = entries;
  return {
    externalId: number,
    title,
    description,
    impact: first?.impact,
    urgency: first?.urgency,
    openedAt,
    reporterId: idOf(people, reporter),
    entries: entries.map(({ line, owner, team, actor, resolver, priority: _withheld, ...told }) => ({
      ...told,
      reference: `line ${line}`,
      ownerId: idOf(people, owner),
      teamId: idOf(teams, team),
      actorId: idOf(people, actor),
      resolvedById: idOf(people, resolver),
    })),
  };
}
