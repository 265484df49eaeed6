import { nextNumber, TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Outbox } from '@graphdesk/messaging';
import { WritePath } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ChangeFact } from '../domain/change-facts.js';
import { publishChange } from '../published-events.js';
import { ChangeRecord } from './change.record.js';

/** The only writer of changes. */
@Injectable()
export class ChangesRepository extends WritePath<ChangeRecord, ChangeFact> {
  constructor(
    private readonly tenants: TenantDatabase,
    outbox: Outbox,
  ) {
    super(tenants, outbox, ChangeRecord, publishChange);
  }

  /** The next CHG number; without gaps if the caller's transaction creates the change or rolls back. */
  nextNumber(actor: Actor): Promise<number> {
    return this.tenants.transaction(actor.tenantId, (tx) => nextNumber(tx, actor.tenantId, 'change'));
  }
}
