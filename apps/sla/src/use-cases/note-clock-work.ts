import type { Clock, DueWork } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { noteDueWork } from '../domain/clock-work.js';
import { SlaClocksRepository } from '../persistence/sla-clocks.repository.js';

/** A clock has reached its warning share or its target. */
@Injectable()
export class NoteClockWork {
  constructor(
    private readonly clocks: SlaClocksRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, clockId: string, timer: DueWork): Promise<void> {
    await this.clocks.change(actor, clockId, (clock) => noteDueWork(clock, timer, this.clock.now()));
  }
}
