import { canMove, decide, refuse, unchanged, type Refused } from '@graphdesk/decisions';
import type { StakeholderUpdate, UpdateDecision } from './stakeholder-update.js';
import { UPDATE_LIFECYCLE } from './update-lifecycle.js';
import { forbidden, type Acting } from './update-permissions.js';
import { BODY_LIMIT, invalidText, SUBJECT_LIMIT, type UpdateRefusal } from './update-refusals.js';
import type { Audience, UpdateState } from './vocabulary.js';

/** Other words, or another audience; what is null stays as it is. */
export interface Wording {
  readonly subject: string | null;
  readonly body: string | null;
  readonly audience: Audience | null;
}

/** Changes the words of a draft. */
export function editUpdate(update: StakeholderUpdate, wording: Wording, acting: Acting, now: Date): UpdateDecision {
  const refused = forbidden(acting, 'edit') ?? notADraft(update) ?? invalidWording(wording);
  if (refused) return refused;
  const words = {
    subject: wording.subject?.trim() ?? update.subject,
    body: wording.body?.trim() ?? update.body,
    audience: wording.audience ?? update.audience,
  };
  const same = (['subject', 'body', 'audience'] as const).every((field) => words[field] === update[field]);
  if (same) return unchanged();
  return decide({ ...words, editedBy: acting.id }, [{ kind: 'update-edited', editedBy: acting.id, at: now }]);
}

/** Answers for the words: from now on they cannot be changed. */
export function approveUpdate(update: StakeholderUpdate, acting: Acting, now: Date): UpdateDecision {
  const refused = forbidden(acting, 'approve');
  if (refused) return refused;
  if (update.state === 'APPROVED') return unchanged();
  if (!canMove<UpdateState>(UPDATE_LIFECYCLE, update.state, 'APPROVED')) return invalidTransition(update, 'approved');
  return decide({ state: 'APPROVED', approvedBy: acting.id, approvedAt: now }, [
    { kind: 'update-approved', approvedBy: acting.id, at: now },
  ]);
}

/** Decides that it will never be sent. */
export function discardUpdate(update: StakeholderUpdate, acting: Acting, now: Date): UpdateDecision {
  const refused = forbidden(acting, 'discard');
  if (refused) return refused;
  if (update.state === 'DISCARDED') return unchanged();
  if (!canMove<UpdateState>(UPDATE_LIFECYCLE, update.state, 'DISCARDED')) return invalidTransition(update, 'discarded');
  return decide({ state: 'DISCARDED' }, [{ kind: 'update-discarded', discardedBy: acting.id, at: now }]);
}

/** What an update could be sent by, and to how many. */
export interface Reach {
  readonly hasChannel: boolean;
  readonly recipients: number;
}

/**
 * Hands an approved update over to be delivered: from now on nothing stops it. Sent again, nothing happens: whoever came on the
 * list since is told of the next one.
 */
export function sendUpdate(update: StakeholderUpdate, reach: Reach, acting: Acting, now: Date): UpdateDecision {
  const refused = forbidden(acting, 'send');
  if (refused) return refused;
  if (update.state === 'SENT') return unchanged();
  if (!canMove<UpdateState>(UPDATE_LIFECYCLE, update.state, 'SENT')) return invalidTransition(update, 'sent');
  if (!reach.hasChannel) return refuse('NO_CHANNEL', 'No channel is set up to send it through; it stays approved.');
  if (reach.recipients === 0) {
    return refuse('NO_RECIPIENTS', 'Nobody is on the list for this audience and service; it stays approved.');
  }
  const { recipients } = reach;
  return decide({ state: 'SENT', sentBy: acting.id, sentAt: now }, [
    { kind: 'update-sent', sentBy: acting.id, recipients, at: now },
  ]);
}

function invalidTransition(update: StakeholderUpdate, act: string): Refused<UpdateRefusal> {
  return refuse('INVALID_TRANSITION', `An update that is ${update.state} cannot be ${act}.`, {
    from: update.state,
    allowed: [...UPDATE_LIFECYCLE[update.state]],
  });
}

function notADraft(update: StakeholderUpdate): Refused<UpdateRefusal> | null {
  return update.state === 'DRAFT' ? null : refuse('NOT_A_DRAFT', `An update that is ${update.state} keeps its words.`);
}

function invalidWording({ subject, body }: Wording): Refused<UpdateRefusal> | null {
  if (subject !== null && /[\r\n]/.test(subject.trim())) {
    return refuse('INVALID_INPUT', 'subject must be one line.', { path: ['subject'] });
  }
  return (
    (subject === null ? null : invalidText('subject', subject, SUBJECT_LIMIT)) ??
    (body === null ? null : invalidText('body', body, BODY_LIMIT))
  );
}
