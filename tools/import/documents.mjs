// The four mutations of an import.

const RESULT = 'externalId outcome code message retryable';
const ERRORS = 'errors { code message retryable }';

export const IMPORT_DIRECTORY = `mutation ($system: String!, $people: [DirectoryEntryInput!]!, $teams: [DirectoryEntryInput!]!) {
  importDirectory(system: $system, people: $people, teams: $teams) {
    people { ${RESULT} person { id } } teams { ${RESULT} team { id } } ${ERRORS} } }`;

export const IMPORT_INCIDENTS = `mutation ($system: String!, $incidents: [ImportedIncidentInput!]!) {
  importIncidents(system: $system, incidents: $incidents) {
    results { ${RESULT} reference entries priorities incident { id } } ${ERRORS} } }`;

export const IMPORT_PROBLEMS = `mutation ($system: String!, $problems: [ImportedProblemInput!]!) {
  importProblems(system: $system, problems: $problems) { results { ${RESULT} skippedIncidentIds } ${ERRORS} } }`;

export const IMPORT_CHANGES = `mutation ($system: String!, $changes: [ImportedChangeInput!]!) {
  importChanges(system: $system, changes: $changes) { results { ${RESULT} } ${ERRORS} } }`;
