import { systemActor } from '@graphdesk/identity';
import type { HandlesTimers, TimerHandler } from '@graphdesk/timers';
import { Injectable } from '@nestjs/common';
import { NoteOverdueActionItem } from '../use-cases/note-overdue-action-item.js';

/** The moment that an open action item has armed. */
@Injectable()
export class ActionItemsComeDue implements HandlesTimers {
  constructor(private readonly work: NoteOverdueActionItem) {}

  readonly timers: readonly TimerHandler[] = [
    {
      kind: 'OVERDUE',
      fire: (timer) => this.work.execute(systemActor('incidents', timer.tenantId), timer.subject, timer),
    },
  ];
}
