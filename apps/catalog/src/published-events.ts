import {
  personRegisteredV1,
  serviceRegisteredV1,
  serviceUpdatedV1,
  teamRegisteredV1,
  tenantRegisteredV1,
  tenantUpdatedV1,
} from '@graphdesk/contracts';
import { exhaustive } from '@graphdesk/decisions';
import { publication, type Publication } from '@graphdesk/subgraph';
import type { PersonFact, ServiceFact, TeamFact, TenantFact } from './domain/catalog-facts.js';
import type { Service } from './domain/service.js';
import type { Tenant } from './domain/tenant.js';

/** A service's facts as other services read them: always the whole description. */
export function publishService(fact: ServiceFact, service: Service): Publication {
  const description = {
    key: service.key,
    name: service.name,
    tier: service.tier,
    environments: [...service.environments],
    ownerTeamId: service.ownerTeamId,
    accountablePersonId: service.accountablePersonId,
    dependsOn: [...service.dependsOn],
  };
  switch (fact.kind) {
    case 'service-registered':
      return publication(serviceRegisteredV1, description);
    case 'service-updated':
      return publication(serviceUpdatedV1, description);
    default:
      return exhaustive(fact.kind);
  }
}

export function publishTenant(fact: TenantFact, tenant: Tenant): Publication {
  const settings = { name: tenant.name, serviceDeskLeadId: tenant.serviceDeskLeadId };
  switch (fact.kind) {
    case 'tenant-registered':
      return publication(tenantRegisteredV1, settings);
    case 'tenant-updated':
      return publication(tenantUpdatedV1, settings);
    default:
      return exhaustive(fact.kind);
  }
}

export function publishTeam({ importedFrom }: TeamFact, team: { readonly name: string }): Publication {
  return publication(teamRegisteredV1, { name: team.name, ...(importedFrom && { importedFrom }) });
}

export function publishPerson(
  { importedFrom }: PersonFact,
  person: { readonly name: string; readonly email: string | null; readonly teamIds: readonly string[] },
): Publication {
  const { name, email } = person;
  const described = { name, email, teamIds: [...person.teamIds] };
  return publication(personRegisteredV1, { ...described, ...(importedFrom && { importedFrom }) });
}
