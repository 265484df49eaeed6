import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK, unknownReference } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { registerChange, type Change, type ChangeRequest } from '../domain/change.js';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import { KnownServicesReader } from '../projections/services/services.reader.js';

@Injectable()
export class RegisterChange {
  constructor(
    private readonly database: TenantDatabase,
    private readonly changes: ChangesRepository,
    private readonly services: KnownServicesReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A person asks for a change. UNKNOWN_REFERENCE also in the moment before the catalog's news of a new service arrive. */
  async execute(
    actor: Actor,
    request: Omit<ChangeRequest, 'id' | 'number'>,
  ): Promise<Outcome<ChangeRecord, ChangesRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const id = newId('change');
      const decision = registerChange({ ...request, id, number: 0 }, actor, this.clock.now());
      if (!decision.ok) return decision;
      const known = await this.services.byIds(actor.tenantId, request.serviceIds);
      const missing = request.serviceIds.find((serviceId) => !known.some((service) => service.id === serviceId));
      if (missing !== undefined) return unknownReference(missing, 'serviceIds');
      const state = { ...(decision.changes as Change), number: await this.changes.nextNumber(actor) };
      const taken = refuse('NOT_FOUND' as const, 'the change could not be registered');
      return this.changes.create(actor, state, decision.facts, taken);
    });
  }
}
