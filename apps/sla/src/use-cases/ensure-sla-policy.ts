import { newId } from '@graphdesk/contracts';
import { refuse, type Clock } from '@graphdesk/decisions';
import { systemActor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TARGETS } from '../domain/sla-policy.js';
import { SlaPoliciesRepository } from '../persistence/sla-policies.repository.js';
import type { SlaPolicyRecord } from '../persistence/sla-policy.record.js';
import { SlaReader } from '../persistence/sla.reader.js';

/** A tenant's policy, made with the default targets by whichever event of the tenant comes first. */
@Injectable()
export class EnsureSlaPolicy {
  constructor(
    private readonly policies: SlaPoliciesRepository,
    private readonly reader: SlaReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(tenantId: string): Promise<SlaPolicyRecord> {
    const actor = systemActor('sla', tenantId);
    const policy = await this.reader.policy(actor);
    if (policy) return policy;
    const now = this.clock.now();
    const created = await this.policies.create(
      actor,
      { id: newId('slaPolicy'), targets: DEFAULT_TARGETS, revisedAt: now, revisedBy: actor.id },
      [{ kind: 'sla-policy-revised', at: now }],
      refuse('POLICY_EXISTS', 'another event of the tenant was faster'),
    );
    const ensured = created.ok ? created.value : await this.reader.policy(actor);
    if (!ensured) throw new Error(`no policy for ${tenantId}`);
    return ensured;
  }
}
