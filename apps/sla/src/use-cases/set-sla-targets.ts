import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { setTargets } from '../domain/set-targets.js';
import { forbidden } from '../domain/sla-permissions.js';
import type { SlaTarget } from '../domain/sla-policy.js';
import type { SlaRefusal } from '../domain/sla-refusals.js';
import { SlaPoliciesRepository } from '../persistence/sla-policies.repository.js';
import type { SlaPolicyRecord } from '../persistence/sla-policy.record.js';
import { EnsureSlaPolicy } from './ensure-sla-policy.js';

/** Sets some of the tenant's targets; clocks that already run keep the version they were born with. */
@Injectable()
export class SetSlaTargets {
  constructor(
    private readonly policies: SlaPoliciesRepository,
    private readonly ensuring: EnsureSlaPolicy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, targets: readonly SlaTarget[]): Promise<Outcome<SlaPolicyRecord, SlaRefusal>> {
    const refused = forbidden(actor, 'setTargets');
    if (refused) return refused;
    const { id } = await this.ensuring.execute(actor.tenantId);
    return this.policies.change(actor, id, (policy) => setTargets(policy, targets, actor, this.clock.now()));
  }
}
