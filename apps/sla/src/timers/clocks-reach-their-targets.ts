import { systemActor } from '@graphdesk/identity';
import type { ClaimedTimer, HandlesTimers } from '@graphdesk/timers';
import { Injectable } from '@nestjs/common';
import { NoteClockWork } from '../use-cases/note-clock-work.js';

/** The moments that a running clock has armed. */
@Injectable()
export class ClocksReachTheirTargets implements HandlesTimers {
  constructor(private readonly noting: NoteClockWork) {}

  readonly timers = ['AT_RISK', 'BREACH'].map((kind) => ({
    kind,
    fire: (timer: ClaimedTimer): Promise<void> =>
      this.noting.execute(systemActor('sla', timer.tenantId), timer.subject, timer),
  }));
}
