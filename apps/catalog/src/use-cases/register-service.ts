import { newId } from '@graphdesk/contracts';
import { refuse, type Clock, type Outcome, type Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfName } from '../domain/catalog-texts.js';
import { registerService, type Service, type ServiceRefusal } from '../domain/service.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { ServiceRecord } from '../persistence/service.record.js';
import { ServicesRepository } from '../persistence/services.repository.js';

export type RegisterServiceRefusal =
  'INVALID_INPUT' | 'UNKNOWN_TENANT' | ServiceRefusal | 'NOT_ALLOWED' | 'KEY_TAKEN' | 'UNKNOWN_REFERENCE';

@Injectable()
export class RegisterService {
  constructor(
    private readonly services: ServicesRepository,
    private readonly reader: CatalogReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, input: Omit<Service, 'id'>): Promise<Outcome<ServiceRecord, RegisterServiceRefusal>> {
    const forbidden = forbids('register-service', actor.roles);
    if (forbidden) return forbidden;
    const fault = faultOfName(input.name) ?? (await this.reader.unknownTenant(actor));
    if (fault) return fault;
    const unknown = await unknownReference(this.reader, actor, input);
    if (unknown) return unknown;
    const service = { ...input, id: newId('service') };
    const decision = registerService(service, this.clock.now());
    if (!decision.ok) return decision;
    const taken = refuse('KEY_TAKEN' as const, `there is a service ${input.key} already`, { path: ['key'] });
    return this.services.create(actor, service, decision.facts, taken);
  }
}

/** The first reference of a description that does not exist in this tenant, as a refusal. */
export async function unknownReference(
  reader: CatalogReader,
  actor: Actor,
  description: Pick<Service, 'ownerTeamId' | 'accountablePersonId' | 'dependsOn'>,
): Promise<Refused<'UNKNOWN_REFERENCE'> | null> {
  const { ownerTeamId, accountablePersonId, dependsOn } = description;
  const [teams, people, services] = await Promise.all([
    reader.teamsByIds(actor, ownerTeamId ? [ownerTeamId] : []),
    reader.peopleByIds(actor, accountablePersonId ? [accountablePersonId] : []),
    reader.servicesByIds(actor, dependsOn),
  ]);
  const unknown = (id: string, path: string): Refused<'UNKNOWN_REFERENCE'> =>
    refuse('UNKNOWN_REFERENCE', `there is no ${id}`, { path: [path] });
  if (ownerTeamId && teams.length === 0) return unknown(ownerTeamId, 'ownerTeamId');
  if (accountablePersonId && people.length === 0) return unknown(accountablePersonId, 'accountablePersonId');
  const missing = dependsOn.find((id) => !services.some((service) => service.id === id));
  return missing === undefined ? null : unknown(missing, 'dependsOn');
}
