import { describe, expect, it } from '@jest/globals';
import { anUpdate, lead, NOW } from '../../test/an-update.js';
import { approveUpdate, discardUpdate, editUpdate, sendUpdate, type Wording } from './handle-update.js';
import { may, UPDATE_PERMISSIONS, type UpdateAct } from './update-permissions.js';
import { BODY_LIMIT, SUBJECT_LIMIT } from './update-refusals.js';
import { UPDATE_STATES } from './vocabulary.js';

const words: Wording = { subject: null, body: null, audience: null };

describe('the lifecycle of an update', () => {
  it.each([
    ['DRAFT', 'edited', 'APPROVED', 'DISCARDED', 'INVALID_TRANSITION'],
    ['APPROVED', 'NOT_A_DRAFT', 'same', 'DISCARDED', 'SENT'],
    ['SENT', 'NOT_A_DRAFT', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'same'],
    ['DISCARDED', 'NOT_A_DRAFT', 'INVALID_TRANSITION', 'same', 'INVALID_TRANSITION'],
  ] as const)('%s: edit is %s, approve is %s, discard is %s, send is %s', (state, edit, approve, discard, send) => {
    const update = anUpdate({ state });
    const answers = [
      editUpdate(update, { ...words, body: 'Other words.' }, lead, NOW),
      approveUpdate(update, lead, NOW),
      discardUpdate(update, lead, NOW),
      sendUpdate(update, { hasChannel: true, recipients: 2 }, lead, NOW),
    ].map((answer) => {
      if (!answer.ok) return answer.code;
      if (answer.facts.length === 0) return 'same';
      return answer.changes.state ?? 'edited';
    });
    expect(answers).toEqual([edit, approve, discard, send]);
  });

  it('the table above is whole', () => {
    expect(UPDATE_STATES).toEqual(['DRAFT', 'APPROVED', 'SENT', 'DISCARDED']);
  });

  it('approval remembers who answers for the words', () => {
    expect(approveUpdate(anUpdate(), lead, NOW)).toMatchObject({
      changes: { approvedBy: 'per_1', approvedAt: NOW },
      facts: [{ kind: 'update-approved', approvedBy: 'per_1' }],
    });
  });
});

describe('sending', () => {
  const approved = anUpdate({ state: 'APPROVED' });

  it('remembers who and how many', () => {
    expect(sendUpdate(approved, { hasChannel: true, recipients: 2 }, lead, NOW)).toEqual({
      ok: true,
      changes: { state: 'SENT', sentBy: 'per_1', sentAt: NOW },
      facts: [{ kind: 'update-sent', sentBy: 'per_1', recipients: 2, at: NOW }],
    });
  });

  it.each([
    [{ hasChannel: false, recipients: 2 }, 'NO_CHANNEL'],
    [{ hasChannel: true, recipients: 0 }, 'NO_RECIPIENTS'],
  ])('to %j is refused: an update that nobody gets was not sent', (reach, code) => {
    expect(sendUpdate(approved, reach, lead, NOW)).toMatchObject({ ok: false, code });
  });
});

describe('editing', () => {
  it('keeps what is not given and remembers who', () => {
    expect(editUpdate(anUpdate(), { ...words, audience: 'END_USERS' }, lead, NOW)).toMatchObject({
      changes: { subject: 'INC-1042: we are investigating', audience: 'END_USERS', editedBy: 'per_1' },
    });
  });

  it('to the same words is no event', () => {
    const same = { ...words, body: ' We are investigating. ' };
    expect(editUpdate(anUpdate(), same, lead, NOW)).toEqual({ ok: true, changes: {}, facts: [] });
  });

  it.each([
    [{ subject: ' ' }, ['subject']],
    [{ subject: 'x'.repeat(SUBJECT_LIMIT + 1) }, ['subject']],
    [{ subject: 'two\nlines' }, ['subject']],
    [{ body: '' }, ['body']],
    [{ body: 'half a flame \uD83D' }, ['body']],
    [{ body: 'nothing\u0000' }, ['body']],
    [{ body: 'x'.repeat(BODY_LIMIT + 1) }, ['body']],
  ])('refuses case %#', (fault, path) => {
    const decision = editUpdate(anUpdate(), { ...words, ...fault }, lead, NOW);
    expect(decision).toMatchObject({ code: 'INVALID_INPUT', detail: { path } });
  });
});

describe('permissions', () => {
  const ACTS = Object.keys(UPDATE_PERMISSIONS) as UpdateAct[];
  const speaking = ['read', 'edit', 'approve', 'discard', 'send', 'read-subscribers'];
  it.each([
    ['communications-lead', [...speaking, 'manage-subscribers']],
    ['major-incident-manager', speaking],
    ['admin', [...speaking, 'manage-subscribers']],
    ['responder', ['read']],
    ['auditor', ['read', 'read-subscribers']],
    ['requester', []],
    ['partner', []],
    ['operator', []],
  ])('%s may %j', (role, acts) => {
    expect(ACTS.filter((act) => may({ id: 'per_1', roles: [role] }, act))).toEqual(acts);
  });

  it('the service itself drafts and says nothing', () => {
    expect(ACTS.filter((act) => may({ id: 'system:communications', roles: [] }, act))).toEqual([
      'read',
      'draft',
      'read-subscribers',
    ]);
  });
});
