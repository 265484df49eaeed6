import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, timeTravel, type TimeTravel } from '@graphdesk/testing';
import { minutesAgo, someone, startChanges, type Answer, type ChangesService } from './changes-service.js';

const SUGGESTION = `query ($id: ID!) { rollbackSuggestion(id: $id) { state reason suspectedChange { id } } }`;
const CONFIRM = `mutation ($id: ID!) { confirmSuspectedChange(id: $id) { errors { code } } }`;
const DECLINE = `mutation ($id: ID!) { declineRollbackSuggestion(id: $id, reason: "data was migrated") { errors { code } } }`;

describe('a rollback suggestion that nobody answers', () => {
  let test: ChangesService;
  let time: TimeTravel;

  beforeAll(async () => {
    test = await startChanges();
    time = await timeTravel(test.sql, 'changes');
  });

  afterAll(() => test.stop());

  /** Ids of a suggestion and its incident: a change was deployed, an incident followed. */
  const suggested = async (key: string): Promise<{ id: string; incidentId: string }> => {
    const serviceId = await test.knownService(key);
    const change = await test.scheduledChange(serviceId);
    const github = await test.github();
    await github.deploy({ repository: `acme/${key}`, payload: { change: change.reference }, at: minutesAgo(5) });
    const incidentId = await test.report(serviceId);
    const [row] = await test.sql<{ id: string }>('SELECT id FROM changes.rollback_suggestion WHERE incident_id = $1', [
      incidentId,
    ]);
    return { id: row?.id ?? '', incidentId };
  };
  const suggestion = (id: string): Promise<Answer> => test.ask(someone('responder'), SUGGESTION, { id });
  const waitingMinutes = (id: string): Promise<unknown[]> =>
    test.sql(
      `SELECT kind, (extract(epoch FROM t.due - s.suggested_at) / 60)::int AS minutes
       FROM changes.timer t JOIN changes.rollback_suggestion s ON s.id = t.subject WHERE t.subject = $1`,
      [id],
    );

  it('expires by itself, says so, and comes back when a person confirms the suspicion', async () => {
    const [{ id }, declined] = [await suggested('billing'), await suggested('web-shop')];
    expect(await waitingMinutes(id)).toEqual([{ kind: 'ANSWER', minutes: 240 }]);
    await test.ask(someone('admin'), DECLINE, { id: declined.id });
    expect(await waitingMinutes(declined.id)).toEqual([]);

    await time.forward(241 * 60_000);
    await eventually(async () => expect(await suggestion(id)).toMatchObject({ state: 'EXPIRED' }));
    expect(await suggestion(declined.id)).toMatchObject({ state: 'DECLINED' });
    const [told] = await test.sql<{ data: Answer; actor: string }>(
      `SELECT envelope->'data' AS data, envelope->>'actorid' AS actor FROM changes.outbox
       WHERE aggregate_id = $1 ORDER BY aggregate_version DESC LIMIT 1`,
      [id],
    );
    expect(told).toMatchObject({
      data: { unanswered: true, reason: 'nobody answered within 240 minutes', changeNumber: expect.any(Number) },
      actor: 'system:changes',
    });
    expect(await waitingMinutes(id)).toEqual([]);

    await test.ask(someone('responder'), CONFIRM, { id: (await suggestion(id)).suspectedChange.id });
    const events = await test.sql<{ name: string; reason: string }>(
      `SELECT split_part(envelope->>'type', '.', 3) AS name, envelope->'data'->>'reason' AS reason FROM changes.outbox
       WHERE aggregate_id = $1 ORDER BY aggregate_version LIMIT 3`,
      [id],
    );
    expect(events.map(({ name }) => name)).toEqual(['rollback-suggested', 'rollback-expired', 'rollback-suggested']);
    expect(events[2]?.reason).toContain('a confirmed cause');
  });
});
