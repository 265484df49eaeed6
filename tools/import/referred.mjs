// What histories refer to: people, teams, problems and changes, each once.

/** @typedef {import('./servicenow-types.mjs').History} History */

/** @param {readonly (string | null)[]} names */
const distinct = (names) => [...new Set(names)].filter((name) => name !== null);

/**
 * Everybody whom a history names. The source's kinds of people do not know each other: "Caller 1" is not "Resolver 1".
 * @param {readonly History[]} histories
 */
export function peopleOf(histories) {
  return distinct(
    histories.flatMap(({ reporter, entries }) => [
      reporter,
      ...entries.flatMap(({ owner, actor, resolver }) => [owner, actor, resolver]),
    ]),
  );
}

/** @param {readonly History[]} histories */
export function teamsOf(histories) {
  return distinct(histories.flatMap(({ entries }) => entries.map(({ team }) => team)));
}

/**
 * Problems with those of their incidents that were imported.
 * @param {readonly History[]} histories
 * @param {ReadonlyMap<string, string>} ids of incidents by number
 */
export function problemsOf(histories, ids) {
  /** @type {Map<string, { externalId: string, title: string, raisedAt: string, links: { incidentId: string, linkedAt: string }[] }>} */
  const problems = new Map();
  for (const { number, problem } of histories) {
    const incidentId = ids.get(number);
    if (!problem || !incidentId) continue;
    const known = problems.get(problem.name);
    const links = [...(known?.links ?? []), { incidentId, linkedAt: problem.since }];
    const raisedAt = earlier(known?.raisedAt, problem.since);
    problems.set(problem.name, { externalId: problem.name, title: problem.name, raisedAt, links });
  }
  return [...problems.values()];
}

/**
 * Changes with what they have to do with incidents that were imported.
 * @param {readonly History[]} histories
 * @param {ReadonlyMap<string, string>} ids of incidents by number
 */
export function changesOf(histories, ids) {
  /** @type {Map<string, { externalId: string, title: string, registeredAt: string, links: { incidentId: string, relation: string, linkedAt: string }[] }>} */
  const changes = new Map();
  for (const { number, requestedChanges, causes } of histories) {
    const incidentId = ids.get(number);
    if (!incidentId) continue;
    const named = [
      ...requestedChanges.map((link) => ({ ...link, relation: 'REQUESTED_BY' })),
      ...causes.map((link) => ({ ...link, relation: 'CAUSED' })),
    ];
    for (const { name, since, relation } of named) {
      const known = changes.get(name);
      const links = [...(known?.links ?? []), { incidentId, relation, linkedAt: since }];
      changes.set(name, { externalId: name, title: name, registeredAt: earlier(known?.registeredAt, since), links });
    }
  }
  return [...changes.values()];
}

/** @param {string | undefined} one @param {string} other */
function earlier(one, other) {
  return one !== undefined && one < other ? one : other;
}
