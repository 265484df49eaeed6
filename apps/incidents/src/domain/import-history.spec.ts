import { describe, expect, it } from '@jest/globals';
import { anEntry, anImport, NOW, OPENED } from '../../test/an-import.js';
import { minutesFromNow } from '../../test/an-incident.js';
import { importHistory, type ImportedHistory } from './import-history.js';
import { ENTRIES_LIMIT, type ImportedEntry, type ImportedIncident } from './imported-incident.js';
import { INCIDENT_LIFECYCLE } from './incident-lifecycle.js';
import { DEFAULT_MATRIX, type PriorityMatrix } from './priority-matrix.js';
import { INCIDENT_STATES, LEVELS, type IncidentState } from './vocabulary.js';

const importer = { id: 'per_admin', roles: ['admin'] };
const told = (source: ImportedIncident, matrix = DEFAULT_MATRIX): ReturnType<typeof importHistory> =>
  importHistory('servicenow', source, matrix, importer, NOW);
const history = (entries: readonly ImportedEntry[], but: Partial<ImportedIncident> = {}): ImportedHistory => {
  const outcome = told(anImport(entries, but));
  if (!outcome.ok) throw new Error(`${outcome.code} ${outcome.message}`);
  return outcome;
};
const kinds = ({ logged, steps }: ImportedHistory): string[] =>
  [logged, ...steps].map(({ facts }) => facts.map(({ kind }) => kind.replace('incident-', '')).join('+'));
/** The shortest way to a state, as entries. */
const wayTo: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  NEW: [],
  IN_PROGRESS: ['IN_PROGRESS'],
  ON_HOLD: ['ON_HOLD'],
  RESOLVED: ['RESOLVED'],
  CLOSED: ['RESOLVED', 'CLOSED'],
  CANCELED: ['CANCELED'],
};
const entryIn = (state: IncidentState, minute: number): ImportedEntry =>
  anEntry(minute, { state, onHoldReason: state === 'ON_HOLD' ? 'AWAITING_VENDOR' : null });

describe('an imported history', () => {
  it('begins with NEW at the opening, and each entry does what it says, at its time and by whom it says', () => {
    const owned = { ownerId: 'per_1', teamId: 'team_1' };
    const whole = history([
      anEntry(1, { ...owned, actorId: 'per_desk' }),
      anEntry(2, { ...owned, state: 'IN_PROGRESS', actorId: 'per_1' }),
      anEntry(3, { ...owned, state: 'IN_PROGRESS', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(4, { ...owned, state: 'ON_HOLD', onHoldReason: 'AWAITING_CALLER', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(5, { ...owned, state: 'ON_HOLD', onHoldReason: 'AWAITING_VENDOR', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(6, { ...owned, ownerId: 'per_2', state: 'IN_PROGRESS', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(7, { teamId: 'team_2', state: 'RESOLVED', impact: 'HIGH', urgency: 'HIGH', resolvedById: 'per_3' }),
      anEntry(8, { teamId: 'team_2', state: 'IN_PROGRESS', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(9, { teamId: 'team_2', state: 'RESOLVED', impact: 'HIGH', urgency: 'HIGH', notes: 'disk swapped' }),
      anEntry(10, { teamId: 'team_2', state: 'CLOSED', impact: 'HIGH', urgency: 'HIGH' }),
      anEntry(11, { teamId: 'team_2', state: 'CLOSED', impact: 'HIGH', urgency: 'HIGH' }),
    ]);
    expect(kinds(whole)).toEqual([
      'reported',
      'routed',
      'acknowledged',
      'reprioritized',
      'put-on-hold',
      'put-on-hold',
      'assigned+resumed',
      'routed+resolved',
      'reopened',
      'resolved',
      'closed',
      'update-imported',
    ]);
    expect(whole.logged.facts).toMatchObject([{ at: OPENED, origin: 'IMPORT', ownerId: null, priority: 'P3' }]);
    expect(whole.steps.map(({ facts }) => facts.at(-1)?.at)).toEqual(
      whole.steps.map((_, place) => new Date(OPENED.getTime() + (place + 1) * 60_000)),
    );
    expect(whole.steps.slice(0, 3).map(({ facts }) => facts[0]?.actorId)).toEqual(['per_desk', 'per_1', 'per_admin']);
    expect(whole.priorities).toEqual(['P3', 'P3', ...Array<string>(9).fill('P1')]);
    expect(whole.steps.at(-1)?.incident).toMatchObject({
      state: 'CLOSED',
      priority: 'P1',
      ownerId: null,
      teamId: 'team_2',
      resolutionCode: 'FIXED',
      resolutionNotes: 'disk swapped',
      resolvedBy: 'system:incidents',
      declaredAt: OPENED,
      acknowledgedAt: minutesFromNow(-58),
      resolvedAt: minutesFromNow(-51),
      closedAt: minutesFromNow(-50),
      recoveryValidatedAt: null,
      externalSystem: 'servicenow',
      externalId: 'INC0000047',
    });
  });

  it.each(INCIDENT_STATES.flatMap((from) => INCIDENT_STATES.map((to) => [from, to] as const)))(
    'from %s to %s goes as the table says',
    (from, to) => {
      const way = [...wayTo[from], to].map((state, place) => entryIn(state, place + 1));
      const allowed: readonly IncidentState[] = INCIDENT_LIFECYCLE[from];
      const outcome = told(anImport(way));
      if (from === to || allowed.includes(to)) return expect(outcome.ok).toBe(true);
      expect(outcome).toMatchObject({ code: 'INVALID_TRANSITION', detail: { reference: `line ${way.length + 2}` } });
    },
  );

  it.each(LEVELS.flatMap((impact) => LEVELS.map((urgency) => [impact, urgency] as const)))(
    'the priority of %s and %s is the cell of the matrix, and an altered cell alters it',
    (impact, urgency) => {
      const cell = {
        HH: 'P1',
        HM: 'P2',
        HL: 'P3',
        MH: 'P2',
        MM: 'P3',
        ML: 'P4',
        LH: 'P3',
        LM: 'P4',
        LL: 'P4',
      } as const;
      const expected = cell[`${impact[0]}${urgency[0]}` as keyof typeof cell];
      const source = anImport([anEntry(1, { impact, urgency })], { impact, urgency });
      const other = expected === 'P1' ? 'P4' : 'P1';
      const cells = { ...DEFAULT_MATRIX.cells, [impact]: { ...DEFAULT_MATRIX.cells[impact], [urgency]: other } };
      const altered: PriorityMatrix = { ...DEFAULT_MATRIX, cells };
      expect(told(source)).toMatchObject({ priorities: [expected], logged: { incident: { priority: expected } } });
      expect(told(source, altered)).toMatchObject({ priorities: [other], logged: { incident: { priority: other } } });
    },
  );

  it('work may begin with nobody accountable, owners and teams may go again', () => {
    const whole = history([
      anEntry(1, { state: 'ON_HOLD', onHoldReason: 'AWAITING_CALLER' }),
      anEntry(2, { state: 'IN_PROGRESS' }),
      anEntry(3, { state: 'IN_PROGRESS', ownerId: 'per_1' }),
      anEntry(4, { state: 'IN_PROGRESS', notes: 'asked the vendor' }),
      anEntry(5, { state: 'IN_PROGRESS', notes: 'still asking' }),
    ]);
    expect(kinds(whole)).toEqual([
      'reported',
      'put-on-hold',
      'resumed+work-begun',
      'assigned',
      'routed+update-imported',
      'update-imported',
    ]);
    expect(whole.steps.at(-1)?.facts).toMatchObject([{ text: 'still asking', reference: 'line 7' }]);
    expect(whole.steps.at(-1)?.incident).toMatchObject({ ownerId: null, acknowledgedAt: minutesFromNow(-58) });
  });

  it('times may run backwards, also behind the opening: the order is the list’s and each time is kept', () => {
    const whole = history([anEntry(30, { state: 'IN_PROGRESS' }), anEntry(-5, { state: 'RESOLVED' })]);
    expect(whole.steps.at(-1)?.incident).toMatchObject({ state: 'RESOLVED', resolvedAt: minutesFromNow(-65) });
  });

  it.each<[string, readonly ImportedEntry[], Partial<ImportedIncident>, string, string | undefined]>([
    ['nothing', [], {}, 'entries', undefined],
    ['more than its timeline shows', Array(ENTRIES_LIMIT + 1).fill(anEntry(1)), {}, 'entries', undefined],
    ['an entry of the future', [anEntry(1), anEntry(61)], {}, 'at', 'line 63'],
    ['an entry before there were computers', [anEntry(1, { at: new Date(-1) })], {}, 'at', 'line 3'],
    ['an opening in the future', [anEntry(1)], { openedAt: minutesFromNow(1) }, 'openedAt', undefined],
    ['a hold without a reason', [anEntry(1, { state: 'ON_HOLD' })], {}, 'onHoldReason', 'line 3'],
    ['a reason without a hold', [anEntry(1, { onHoldReason: 'AWAITING_CALLER' })], {}, 'onHoldReason', 'line 3'],
    ['endless notes', [anEntry(1, { notes: 'x'.repeat(10_001) })], {}, 'notes', 'line 3'],
    ['an empty title', [anEntry(1)], { title: ' ' }, 'title', undefined],
    ['no name', [anEntry(1)], { externalId: '' }, 'externalId', undefined],
  ])('%s is refused', (_, entries, but, field, reference) => {
    const outcome = told(anImport(entries, but));
    expect(outcome).toMatchObject({ ok: false, code: 'INVALID_INPUT', detail: { path: [field] } });
    expect(outcome.ok || outcome.detail?.['reference']).toBe(reference);
  });

  it('after the end nothing is assigned or assessed any more', () => {
    const end = [anEntry(1, { state: 'RESOLVED' }), anEntry(2, { state: 'CLOSED', ownerId: 'per_1' })];
    const late = (but: Partial<ImportedEntry>): ImportedEntry =>
      anEntry(3, { state: 'CLOSED', ownerId: 'per_1', ...but });
    expect(kinds(history([...end, late({})]))).toEqual(['reported', 'resolved', 'assigned+closed', 'update-imported']);
    for (const but of [{ ownerId: 'per_2' }, { impact: 'HIGH' as const }]) {
      expect(told(anImport([...end, late(but)]))).toMatchObject({ code: 'INVALID_TRANSITION' });
    }
  });

  it('is for admins', () => {
    const responder = { id: 'per_1', roles: ['responder'] };
    const outcome = importHistory('servicenow', anImport([anEntry(1)]), DEFAULT_MATRIX, responder, NOW);
    expect(outcome).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  });
});
