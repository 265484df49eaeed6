import { systemActor } from '@graphdesk/identity';
import type { ClaimedTimer, HandlesTimers } from '@graphdesk/timers';
import { Injectable } from '@nestjs/common';
import { DoDueWork } from '../use-cases/do-due-work.js';

/** The moments that a resolved incident has armed. */
@Injectable()
export class IncidentsComeDue implements HandlesTimers {
  constructor(private readonly work: DoDueWork) {}

  readonly timers = ['RECOVERY_WINDOW', 'AUTO_CLOSE'].map((kind) => ({
    kind,
    fire: (timer: ClaimedTimer): Promise<void> =>
      this.work.execute(systemActor('incidents', timer.tenantId), timer.subject, timer),
  }));
}
