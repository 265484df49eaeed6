import { systemActor } from '@graphdesk/identity';
import type { HandlesTimers, TimerHandler } from '@graphdesk/timers';
import { Injectable } from '@nestjs/common';
import { DELIVER } from '../domain/notification.js';
import { ClaimNotification } from '../use-cases/claim-notification.js';
import { DeliverNotification } from '../use-cases/deliver-notification.js';

/** A notification is due: the claim is part of the firing, the sending follows its commit. A crash between is found by the lease. */
@Injectable()
export class DeliverWhenDue implements HandlesTimers {
  constructor(
    private readonly claiming: ClaimNotification,
    private readonly delivering: DeliverNotification,
  ) {}

  readonly timers: readonly TimerHandler[] = [
    {
      kind: DELIVER,
      fire: async (timer) => {
        const actor = systemActor('communications', timer.tenantId);
        const claimed = await this.claiming.execute(actor, timer.subject, timer);
        return claimed && (() => this.delivering.execute(actor, claimed));
      },
    },
  ];
}
