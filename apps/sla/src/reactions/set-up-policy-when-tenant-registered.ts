import { tenantRegisteredV1 } from '@graphdesk/contracts';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { EnsureSlaPolicy } from '../use-cases/ensure-sla-policy.js';

/** A tenant has targets from its first day. */
@Injectable()
export class SetUpPolicyWhenTenantRegistered implements Reacts {
  constructor(private readonly ensuring: EnsureSlaPolicy) {}

  readonly reactions = [
    reaction(tenantRegisteredV1, async (event) => {
      await this.ensuring.execute(event.tenantid);
    }),
  ];
}
