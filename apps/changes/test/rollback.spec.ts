import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { incidentClosedV1, incidentReprioritizedV1, incidentResolvedV1 } from '@graphdesk/contracts';
import {
  applied,
  minutesAgo,
  nextDeployment,
  someone,
  startChanges,
  type Answer,
  type ChangesService,
  type GithubSource,
} from './changes-service.js';

const SUGGESTION = `id state reason revision decidedBy { id } incident { id } change { id reference }
  suspectedChange { id state advice }
  rollbackChange { id reference title kind state closeCode requester { id } authorizedBy { id } rollsBackChange { id reference }
    remedyForIncident { id } services { id } timeline { kind } deployments { state } }`;
const ACCEPT = `mutation ($id: ID!) { acceptRollbackSuggestion(id: $id) { rollbackSuggestion { ${SUGGESTION} }
  errors { code ... on InvalidTransition { from allowed } } } }`;
const DECLINE = `mutation ($id: ID!, $reason: String!) { declineRollbackSuggestion(id: $id, reason: $reason) {
  rollbackSuggestion { state } errors { code path } } }`;
const CONFIRM = `mutation ($id: ID!) { confirmSuspectedChange(id: $id) {
  suspectedChange { state advice revision rollbackSuggestion { state } } errors { code } } }`;
const REJECT = `mutation ($id: ID!, $reason: String!) { rejectSuspectedChange(id: $id, reason: $reason) {
  suspectedChange { state advice rollbackSuggestion { state } } errors { code path } } }`;

describe('rollback', () => {
  let test: ChangesService;
  let github: GithubSource;
  let keys = 0;

  beforeAll(async () => {
    test = await startChanges();
    github = await test.github();
  });

  afterAll(() => test.stop());

  interface Story {
    repository: string;
    serviceId: string;
    incidentId: string;
    change: { id: string; reference: string };
    suspicionId: string;
    suggestionId: string;
  }

  /** A change was deployed, an incident followed. */
  const story = async (priority: 'P1' | 'P3' = 'P1'): Promise<Story> => {
    const key = `service-${(keys += 1)}`;
    const [repository, serviceId] = [`acme/${key}`, await test.knownService(key)];
    const change = await test.scheduledChange(serviceId);
    await github.deploy({ repository, payload: { change: change.reference }, at: minutesAgo(5) });
    const incidentId = await test.report(serviceId, { priority });
    return { repository, serviceId, change, ...(await linkOf(incidentId)) };
  };
  const linkOf = async (
    incidentId: string,
  ): Promise<{ incidentId: string; suspicionId: string; suggestionId: string }> => {
    const [row] = await test.sql<{ suspicion: string; suggestion: string }>(
      `SELECT s.id AS suspicion, r.id AS suggestion FROM changes.suspected_change s
       LEFT JOIN changes.rollback_suggestion r ON r.suspected_change_id = s.id WHERE s.incident_id = $1`,
      [incidentId],
    );
    return { incidentId, suspicionId: row?.suspicion ?? '', suggestionId: row?.suggestion ?? '' };
  };
  const suggestion = (id: string): Promise<Answer> =>
    test.ask(someone('responder'), `query ($id: ID!) { rollbackSuggestion(id: $id) { ${SUGGESTION} } }`, { id });
  const accept = async (id: string): Promise<Answer> => {
    const { rollbackSuggestion } = await test.ask(someone('major-incident-manager'), ACCEPT, { id });
    return rollbackSuggestion.rollbackChange;
  };
  const deploymentsOf = async (changeId: string): Promise<unknown[]> =>
    (await test.sql<{ state: string }>('SELECT state FROM changes.deployment WHERE change_id = $1', [changeId])).map(
      (row) => row.state,
    );
  const eventsOf = async (id: string): Promise<unknown[]> =>
    (
      await test.sql<{ type: string }>(
        `SELECT envelope->>'type' AS type FROM changes.outbox WHERE aggregate_id = $1 ORDER BY aggregate_version`,
        [id],
      )
    ).map((row) => row.type.split('.')[2]);

  it('accepted: an emergency change linked to both, authorised by who accepted, under way', async () => {
    const { suggestionId, incidentId, change, serviceId } = await story();
    const authority = someone('change-authority');
    const { rollbackSuggestion, errors } = await test.ask(authority, ACCEPT, { id: suggestionId });
    expect(errors).toEqual([]);
    expect(rollbackSuggestion).toMatchObject({
      state: 'RUNNING',
      revision: 2,
      decidedBy: { id: authority.id },
      incident: { id: incidentId },
      change: { id: change.id },
      rollbackChange: {
        title: `Roll back ${change.reference}`,
        kind: 'EMERGENCY',
        state: 'IMPLEMENT',
        requester: null,
        authorizedBy: { id: authority.id },
        rollsBackChange: change,
        remedyForIncident: { id: incidentId },
        services: [{ id: serviceId }],
        timeline: ['CHANGE_REGISTERED', 'CHANGE_MOVED', 'CHANGE_AUTHORIZED', 'CHANGE_MOVED'].map((kind) => ({ kind })),
      },
    });
  });

  it('two people accept at once: one wins, the other is refused, there is one rollback and no hole in the numbers', async () => {
    const { suggestionId, change } = await story();
    const people = [someone('change-authority'), someone('major-incident-manager'), someone('admin')];
    const answers = await Promise.all(people.map((person) => test.ask(person, ACCEPT, { id: suggestionId })));
    const refusals = answers.flatMap(({ errors }) => errors);
    expect(answers.filter(({ rollbackSuggestion }) => rollbackSuggestion !== null)).toHaveLength(1);
    const refused = { code: 'INVALID_TRANSITION', from: 'RUNNING', allowed: ['SUCCEEDED', 'FAILED'] };
    expect(refusals).toEqual([refused, refused]);
    const rollbacks = await test.sql('SELECT 1 FROM changes.change WHERE rolls_back_change_id = $1', [change.id]);
    expect(rollbacks).toHaveLength(1);
    expect(await test.sql('SELECT max(number) - count(*) AS holes FROM changes.change')).toEqual([{ holes: '0' }]);
  });

  it('two incidents of one change: the change is taken back once', async () => {
    const first = await story();
    const second = await linkOf(await test.report(first.serviceId));
    const [a, b] = await Promise.all(
      [first, second].map(({ suggestionId }) => test.ask(someone('admin'), ACCEPT, { id: suggestionId })),
    );
    expect([...a.errors, ...b.errors]).toEqual([{ code: 'ROLLBACK_UNDER_WAY' }]);
    const running = [a, b].find(({ rollbackSuggestion }) => rollbackSuggestion).rollbackSuggestion;
    await github.deploy({ repository: first.repository, payload: { change: running.rollbackChange.reference } });
    const states = [(await suggestion(first.suggestionId)).state, (await suggestion(second.suggestionId)).state];
    expect(states.sort()).toEqual(['EXPIRED', 'SUCCEEDED']);
  });

  it('deployed: succeeded, the first deployment rolled back, and nobody is suspected for the remedy', async () => {
    const { suggestionId, repository, change, incidentId } = await story();
    const rollback = await accept(suggestionId);
    await github.deploy({ repository, payload: { change: rollback.reference } });
    expect(await suggestion(suggestionId)).toMatchObject({
      state: 'SUCCEEDED',
      rollbackChange: { state: 'REVIEW', deployments: [{ state: 'SUCCEEDED' }] },
    });
    expect(await deploymentsOf(change.id)).toEqual(['ROLLED_BACK']);
    expect(await eventsOf(suggestionId)).toEqual(['rollback-suggested', 'rollback-accepted', 'rollback-succeeded']);
    expect(await test.sql('SELECT 1 FROM changes.suspected_change WHERE incident_id = $1', [incidentId])).toHaveLength(
      1,
    );
  });

  it('that succeeds while what it takes back is deployed once more, over and over: every report is taken', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { suggestionId, repository, change } = await story();
      const payload = { change: change.reference };
      const again = Array.from({ length: 5 }, () => ({ id: nextDeployment(), repository, payload }));
      for (const run of again) await github.deploy({ ...run, state: 'in_progress' });
      const rollback = {
        id: nextDeployment(),
        repository,
        payload: { change: (await accept(suggestionId)).reference },
      };
      await github.deploy({ ...rollback, state: 'in_progress' });
      await Promise.all([...again.slice(0, 2), rollback, ...again.slice(2)].map((run) => github.deploy(run)));
      expect(await suggestion(suggestionId)).toMatchObject({ state: 'SUCCEEDED', rollbackChange: { state: 'REVIEW' } });
    }
  });

  it.each(['failure', 'error'])(
    'whose deployment ends in %s: failed and closed as such, the change stays live; tried again by the pipeline it may succeed',
    async (state) => {
      const { suggestionId, repository, change } = await story();
      const rollback = await accept(suggestionId);
      const payload = { change: rollback.reference };
      await github.deploy({ repository, payload, state });
      expect(await suggestion(suggestionId)).toMatchObject({
        state: 'FAILED',
        rollbackChange: { state: 'CLOSED', closeCode: 'UNSUCCESSFUL' },
      });
      expect(await deploymentsOf(change.id)).toEqual(['SUCCEEDED']);
      await github.deploy({ repository, payload });
      expect(await suggestion(suggestionId)).toMatchObject({
        state: 'SUCCEEDED',
        rollbackChange: { id: rollback.id, state: 'CLOSED', closeCode: 'SUCCESSFUL_WITH_ISSUES' },
      });
      expect(await deploymentsOf(change.id)).toEqual(['ROLLED_BACK']);
      expect((await eventsOf(suggestionId)).slice(2)).toEqual(['rollback-failed', 'rollback-succeeded']);
      expect((await eventsOf(rollback.id)).slice(4)).toEqual([
        'change-moved',
        'change-closed',
        'change-deployed',
        'change-closed',
      ]);
    },
  );

  it('that failed is accepted once more: another change, and the first stays unsuccessful', async () => {
    const { suggestionId, repository, change } = await story();
    const first = await accept(suggestionId);
    await github.deploy({ repository, payload: { change: first.reference }, state: 'failure' });
    const second = await accept(suggestionId);
    expect(second).toMatchObject({ kind: 'EMERGENCY', state: 'IMPLEMENT', rollsBackChange: change });
    expect(second.id).not.toBe(first.id);
    await github.deploy({ repository, payload: { change: second.reference } });
    expect(await suggestion(suggestionId)).toMatchObject({
      state: 'SUCCEEDED',
      rollbackChange: { id: second.id, state: 'REVIEW' },
    });
    expect(await deploymentsOf(change.id)).toEqual(['ROLLED_BACK']);
    expect(await test.sql('SELECT state, close_code FROM changes.change WHERE id = $1', [first.id])).toEqual([
      { state: 'CLOSED', close_code: 'UNSUCCESSFUL' },
    ]);
  });

  it('that failed is not accepted again once the incident is over', async () => {
    const { suggestionId, repository, incidentId } = await story();
    const rollback = await accept(suggestionId);
    await github.deploy({ repository, payload: { change: rollback.reference }, state: 'failure' });
    await applied(test, await test.tell(incidentClosedV1, incidentId, 2, { closedAt: new Date().toISOString() }));
    expect(await test.ask(someone('admin'), ACCEPT, { id: suggestionId })).toMatchObject({
      errors: [{ code: 'INCIDENT_OVER' }],
    });
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'FAILED' });
  });

  it.each(['success', 'failure'])(
    'tried elsewhere first, with %s: that says nothing about the rollback',
    async (state) => {
      const { suggestionId, repository, change } = await story();
      const rollback = await accept(suggestionId);
      await github.deploy({ repository, payload: { change: rollback.reference }, environment: 'staging', state });
      expect(await suggestion(suggestionId)).toMatchObject({ state: 'RUNNING' });
      expect(await deploymentsOf(change.id)).toEqual(['SUCCEEDED']);
    },
  );

  it('an unrelated deployment of the service is not taken for the rollback', async () => {
    const { suggestionId, repository } = await story();
    await accept(suggestionId);
    await github.deploy({ repository });
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'RUNNING', rollbackChange: { deployments: [] } });
  });

  it('a later incident suspects the rollback, and its rollback is never suggested', async () => {
    const { suggestionId, repository, serviceId } = await story();
    const rollback = await accept(suggestionId);
    await github.deploy({ repository, payload: { change: rollback.reference }, at: minutesAgo(1) });
    const { incidentId } = await linkOf(await test.report(serviceId));
    expect(
      await test.sql('SELECT change_id, advice, advice_reason FROM changes.suspected_change WHERE incident_id = $1', [
        incidentId,
      ]),
    ).toEqual([{ change_id: rollback.id, advice: 'SILENT', advice_reason: 'the change is itself a rollback' }]);
  });

  it('declined with a reason: the change stays, and nothing can be accepted any more', async () => {
    const { suggestionId } = await story();
    const manager = someone('major-incident-manager');
    expect(await test.ask(manager, DECLINE, { id: suggestionId, reason: ' ' })).toEqual({
      rollbackSuggestion: null,
      errors: [{ code: 'INVALID_INPUT', path: ['reason'] }],
    });
    const reason = 'the data was migrated';
    expect(await test.ask(manager, DECLINE, { id: suggestionId, reason })).toMatchObject({
      rollbackSuggestion: { state: 'DECLINED' },
    });
    expect(await test.ask(manager, ACCEPT, { id: suggestionId })).toMatchObject({
      errors: [{ code: 'INVALID_TRANSITION', from: 'DECLINED', allowed: [] }],
    });
  });

  it('a responder may judge a suspicion and not decide a rollback', async () => {
    const { suggestionId } = await story();
    const refused = { errors: [{ code: 'NOT_ALLOWED' }] };
    expect(await test.ask(someone('responder'), ACCEPT, { id: suggestionId })).toMatchObject(refused);
    expect(await test.ask(someone('responder'), DECLINE, { id: suggestionId, reason: 'no' })).toMatchObject(refused);
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'SUGGESTED' });
  });

  it('a rejected suspicion withdraws its suggestion', async () => {
    const { suspicionId, suggestionId } = await story();
    expect(await test.ask(someone('responder'), REJECT, { id: suspicionId, reason: 'not in this release' })).toEqual({
      suspectedChange: { state: 'REJECTED', advice: 'SILENT', rollbackSuggestion: { state: 'WITHDRAWN' } },
      errors: [],
    });
    expect(await eventsOf(suggestionId)).toEqual(['rollback-suggested', 'rollback-withdrawn']);
    const again = await test.ask(someone('responder'), REJECT, { id: suspicionId, reason: 'again' });
    expect(again.errors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  it('a rejected suspicion stays without advice, whatever becomes of its incident', async () => {
    const { suspicionId, incidentId } = await story('P3');
    await test.ask(someone('responder'), REJECT, { id: suspicionId, reason: 'not in this release' });
    const assessed = { impact: 'HIGH' as const, urgency: 'HIGH' as const, matrixVersion: 1, reason: 'many are hurt' };
    await applied(test, await test.tell(incidentReprioritizedV1, incidentId, 2, { ...assessed, priority: 'P1' }));
    expect(await eventsOf(suspicionId)).toEqual(['change-suspected', 'suspicion-rejected']);
    expect((await linkOf(incidentId)).suggestionId).toBe('');
  });

  it('a rejected suspicion does not call a running rollback back', async () => {
    const { suspicionId, suggestionId } = await story();
    await accept(suggestionId);
    await test.ask(someone('responder'), REJECT, { id: suspicionId, reason: 'it was the database' });
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'RUNNING', suspectedChange: { state: 'REJECTED' } });
  });

  it('what the policy only asks about is suggested once a person confirms it', async () => {
    const { suspicionId, suggestionId } = await story('P3');
    expect(suggestionId).toBe('');
    expect(await test.ask(someone('responder'), CONFIRM, { id: suspicionId })).toEqual({
      suspectedChange: {
        state: 'CONFIRMED',
        advice: 'SUGGEST',
        revision: 2,
        rollbackSuggestion: { state: 'SUGGESTED' },
      },
      errors: [],
    });
  });

  it('confirming what was suggested already suggests nothing twice', async () => {
    const { suspicionId, suggestionId } = await story();
    await test.ask(someone('responder'), CONFIRM, { id: suspicionId });
    expect(await eventsOf(suspicionId)).toEqual(['change-suspected', 'suspicion-confirmed']);
    expect(await eventsOf(suggestionId)).toEqual(['rollback-suggested']);
  });

  it('a suggestion outlives the resolution of its incident and not its end', async () => {
    const { incidentId, suggestionId } = await story();
    const resolution = { resolutionCode: 'FIXED' as const, notes: 'restarted', resolvedBy: 'per_1' };
    const at = new Date().toISOString();
    await applied(test, await test.tell(incidentResolvedV1, incidentId, 2, { ...resolution, resolvedAt: at }));
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'SUGGESTED' });
    await applied(test, await test.tell(incidentClosedV1, incidentId, 3, { closedAt: at }));
    expect(await suggestion(suggestionId)).toMatchObject({ state: 'EXPIRED' });
  });

  it.each([
    ['acceptRollbackSuggestion', ACCEPT],
    ['declineRollbackSuggestion', DECLINE],
    ['confirmSuspectedChange', CONFIRM],
    ['rejectSuspectedChange', REJECT],
  ])('%s of what does not exist is refused', async (_name, mutation) => {
    const variables = { id: 'rbs_01kb0000000000000000000009', reason: 'no' };
    expect((await test.ask(someone('admin'), mutation, variables)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
