import { describe, expect, it } from '@jest/globals';
import { anActionItem } from '../../test/an-action-item.js';
import { minutesFromNow, NOW, responder, system } from '../../test/an-incident.js';
import { add, complete, drop, DUE_LIMIT_DAYS, reschedule } from './action-item-handling.js';
import { actionItemWork, noteOverdue } from './action-item-work.js';
import type { ActionItem, ActionItemDecision } from './action-item.js';

const due = minutesFromNow(60);
const owner = { id: 'per_owner', roles: ['requester'] };
const assignment = { incidentId: 'inc_1', title: ' Alert on the queue ', ownerId: 'per_owner', dueAt: due };
const move = { dueAt: minutesFromNow(120), reason: 'waits for a part' };

const ACTS: Readonly<Record<string, (item: ActionItem, now?: Date) => ActionItemDecision>> = {
  complete: (item, now = NOW) => complete(item, responder, now),
  drop: (item, now = NOW) => drop(item, ' no queue any more ', responder, now),
  reschedule: (item, now = NOW) => reschedule(item, move, responder, now),
};
const codeOf = (decision: ActionItemDecision): string => (decision.ok ? 'ok' : decision.code);
function applied(item: ActionItem, decision: ActionItemDecision): { item: ActionItem; kinds: string[] } {
  if (!decision.ok) throw new Error(decision.message);
  const kinds = decision.facts.map(({ kind }) => kind.replace('action-item-', ''));
  return { item: { ...item, ...decision.changes }, kinds };
}

describe('an action item', () => {
  it('is added open, with everything that it is', () => {
    const decision = add(assignment, responder, NOW);
    const told = { ...assignment, title: 'Alert on the queue' };
    expect(decision).toMatchObject({
      changes: { ...told, state: 'OPEN', overdueSince: null, addedAt: NOW, addedBy: responder.id },
      facts: [{ kind: 'action-item-added', ...told, at: NOW }],
    });
  });

  it.each<[string, string, object]>([
    ['no title', 'INVALID_INPUT', { title: ' ' }],
    ['a title of 201 characters', 'INVALID_INPUT', { title: 'x'.repeat(201) }],
    ['a due time that is now', 'INVALID_INPUT', { dueAt: NOW }],
    ['a due time in the past', 'INVALID_INPUT', { dueAt: minutesFromNow(-1) }],
    ['a due time ten years and a minute ahead', 'INVALID_INPUT', { dueAt: minutesFromNow(DUE_LIMIT_DAYS * 1440 + 1) }],
    ['a due time ten years ahead', 'ok', { dueAt: minutesFromNow(DUE_LIMIT_DAYS * 1440) }],
    ['a due time a minute ahead', 'ok', { dueAt: minutesFromNow(1) }],
  ])('with %s: %s', (_name, code, but) => {
    expect(codeOf(add({ ...assignment, ...but }, responder, NOW))).toBe(code);
  });

  it.each([
    ['complete', { state: 'DONE', completedAt: NOW, completedBy: responder.id }, ['completed']],
    ['drop', { state: 'DROPPED', droppedAt: NOW, dropReason: 'no queue any more' }, ['dropped']],
    ['reschedule', { state: 'OPEN', dueAt: move.dueAt }, ['rescheduled']],
  ])('%s of an open one', (act, changes, kinds) => {
    const after = applied(anActionItem(), ACTS[act]!(anActionItem()));
    expect(after.item).toEqual({ ...anActionItem(), ...changes });
    expect(after.kinds).toEqual(kinds);
  });

  it.each(Object.keys(ACTS))('%s of one that is over is refused with where it stands', (act) => {
    for (const state of ['DONE', 'DROPPED'] as const) {
      expect(ACTS[act]!(anActionItem({ state }))).toMatchObject({
        code: 'INVALID_TRANSITION',
        detail: { from: state, allowed: [] },
      });
    }
  });

  it('its owner completes it without any role, and does no more', () => {
    expect(codeOf(complete(anActionItem(), owner, NOW))).toBe('ok');
    expect(codeOf(complete(anActionItem({ ownerId: 'per_2' }), owner, NOW))).toBe('NOT_ALLOWED');
    expect(codeOf(drop(anActionItem(), 'too much work', owner, NOW))).toBe('NOT_ALLOWED');
    expect(codeOf(reschedule(anActionItem(), move, owner, NOW))).toBe('NOT_ALLOWED');
  });

  it('without a reason it is neither dropped nor rescheduled; to the same time it is not moved', () => {
    expect(codeOf(drop(anActionItem(), ' ', responder, NOW))).toBe('INVALID_INPUT');
    expect(codeOf(reschedule(anActionItem(), { ...move, reason: '' }, responder, NOW))).toBe('INVALID_INPUT');
    expect(codeOf(reschedule(anActionItem(), { ...move, dueAt: NOW }, responder, NOW))).toBe('INVALID_INPUT');
    expect(applied(anActionItem(), reschedule(anActionItem(), { ...move, dueAt: due }, responder, NOW)).kinds).toEqual(
      [],
    );
  });
});

describe('an action item comes due', () => {
  const late = minutesFromNow(61);
  const timer = { kind: 'OVERDUE', due };

  it.each<[string, ActionItem, number]>([
    ['open', anActionItem(), 1],
    ['open and known to be overdue', anActionItem({ overdueSince: due }), 0],
    ['done', anActionItem({ state: 'DONE' }), 0],
    ['dropped', anActionItem({ state: 'DROPPED' }), 0],
  ])('%s it asks for this much: %#', (_name, item, asked) => {
    expect(actionItemWork(item)).toEqual(asked ? [timer] : []);
    expect(noteOverdue(item, timer, late).facts).toHaveLength(asked);
  });

  it('is on record with its true moment, once, as noticed by the service', () => {
    const decision = noteOverdue(anActionItem(), timer, late);
    const fact = { kind: 'action-item-overdue', ownerId: 'per_owner', dueAt: due, at: late, actorId: system.id };
    expect(decision).toEqual({ ok: true, changes: { overdueSince: due }, facts: [fact] });
    expect(noteOverdue(applied(anActionItem(), decision).item, timer, late).facts).toEqual([]);
  });

  it('a moment that was moved since is not the one asked for', () => {
    expect(noteOverdue(anActionItem({ dueAt: move.dueAt }), timer, late).facts).toEqual([]);
  });

  it.each(Object.keys(ACTS))('%s before the timer fired puts the delay on record first', (act) => {
    const { item, kinds } = applied(anActionItem(), ACTS[act]!(anActionItem(), late));
    expect(kinds).toEqual(['overdue', expect.any(String)]);
    expect(item.overdueSince).toEqual(act === 'reschedule' ? null : due);
    expect(applied(anActionItem(), ACTS[act]!(anActionItem(), due)).kinds).toHaveLength(1);
    const known = anActionItem({ overdueSince: due });
    expect(applied(known, ACTS[act]!(known, late)).kinds).toHaveLength(1);
  });

  it('rescheduled it asks anew', () => {
    const { item } = applied(anActionItem(), ACTS['reschedule']!(anActionItem({ overdueSince: due }), late));
    expect(actionItemWork(item)).toEqual([{ kind: 'OVERDUE', due: move.dueAt }]);
  });
});
