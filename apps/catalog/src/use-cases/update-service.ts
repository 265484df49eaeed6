import type { Clock, Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfName } from '../domain/catalog-texts.js';
import { updateService, type ServiceDescription, type ServiceRefusal } from '../domain/service.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { ServiceRecord } from '../persistence/service.record.js';
import { ServicesRepository } from '../persistence/services.repository.js';
import { unknownReference } from './register-service.js';

export type UpdateServiceRefusal = 'INVALID_INPUT' | ServiceRefusal | 'NOT_ALLOWED' | 'NOT_FOUND' | 'UNKNOWN_REFERENCE';

@Injectable()
export class UpdateService {
  constructor(
    private readonly services: ServicesRepository,
    private readonly reader: CatalogReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    id: string,
    description: ServiceDescription,
  ): Promise<Outcome<ServiceRecord, UpdateServiceRefusal>> {
    const forbidden = forbids('update-service', actor.roles);
    if (forbidden) return forbidden;
    const fault = faultOfName(description.name);
    if (fault) return fault;
    const unknown = await unknownReference(this.reader, actor, description);
    if (unknown) return unknown;
    return this.services.change(actor, id, (service) => updateService(service, description, this.clock.now()));
  }
}
