import { exhaustive, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import {
  assess,
  authorize,
  cancel,
  close,
  completeImplementation,
  reject,
  requestAuthorization,
  schedule,
  startImplementation,
} from '../domain/change-steps.js';
import type { Change, ChangeDecision } from '../domain/change.js';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import type { CloseCode } from '../domain/vocabulary.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesRepository } from '../persistence/changes.repository.js';

/** A step that a person takes. */
export type ChangeStep =
  | { readonly kind: 'ASSESS' | 'REQUEST_AUTHORIZATION' | 'AUTHORIZE' | 'SCHEDULE' | 'START' | 'COMPLETE' }
  | { readonly kind: 'REJECT' | 'CANCEL'; readonly reason: string }
  | { readonly kind: 'CLOSE'; readonly closeCode: CloseCode };

@Injectable()
export class MoveChange {
  constructor(
    private readonly changes: ChangesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(actor: Actor, id: string, step: ChangeStep): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    return this.changes.change(actor, id, (change) => decideStep(change, step, actor, this.clock.now()));
  }
}

function decideStep(change: Change, step: ChangeStep, actor: Actor, now: Date): ChangeDecision {
  switch (step.kind) {
    case 'ASSESS':
      return assess(change, actor, now);
    case 'REQUEST_AUTHORIZATION':
      return requestAuthorization(change, actor, now);
    case 'AUTHORIZE':
      return authorize(change, actor, now);
    case 'REJECT':
      return reject(change, step.reason, actor, now);
    case 'SCHEDULE':
      return schedule(change, actor, now);
    case 'START':
      return startImplementation(change, actor, now);
    case 'COMPLETE':
      return completeImplementation(change, actor, now);
    case 'CLOSE':
      return close(change, step.closeCode, actor, now);
    case 'CANCEL':
      return cancel(change, step.reason, actor, now);
    default:
      return exhaustive(step);
  }
}
