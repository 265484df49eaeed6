import { systemActor } from '@graphdesk/identity';
import type { ClaimedTimer, HandlesTimers } from '@graphdesk/timers';
import { Injectable } from '@nestjs/common';
import { ExpireRollbacks } from '../use-cases/expire-rollbacks.js';

/** The moment until which an open suggestion waits for an answer. */
@Injectable()
export class SuggestionsRunOut implements HandlesTimers {
  constructor(private readonly expireRollbacks: ExpireRollbacks) {}

  readonly timers = [
    {
      kind: 'ANSWER',
      fire: (timer: ClaimedTimer): Promise<void> =>
        this.expireRollbacks.unanswered(systemActor('changes', timer.tenantId), timer.subject, timer),
    },
  ];
}
