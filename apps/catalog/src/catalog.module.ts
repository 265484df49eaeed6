import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { CatalogLoader } from './graphql/catalog.loader.js';
import { ImportedPeopleResolver, ImportedTeamsResolver } from './graphql/import-directory.resolver.js';
import { PeopleResolver } from './graphql/people.resolver.js';
import { ServiceResolver } from './graphql/service.resolver.js';
import { TeamsResolver } from './graphql/teams.resolver.js';
import { TenantResolver } from './graphql/tenant.resolver.js';
import { CatalogReader } from './persistence/catalog.reader.js';
import { ExternalReferenceRecord } from './persistence/external-reference.record.js';
import { ExternalReferencesRepository } from './persistence/external-references.repository.js';
import { CreateCatalog1795000000001 } from './persistence/migrations/0001-create-catalog.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { ImportDirectory1795000000003 } from './persistence/migrations/0003-import-directory.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { PeopleRepository } from './persistence/people.repository.js';
import { PersonRecord } from './persistence/person.record.js';
import { ServiceRecord } from './persistence/service.record.js';
import { ServicesRepository } from './persistence/services.repository.js';
import { TeamRecord } from './persistence/team.record.js';
import { TeamsRepository } from './persistence/teams.repository.js';
import { TenantRecord } from './persistence/tenant.record.js';
import { TenantsRepository } from './persistence/tenants.repository.js';
import { AppointServiceDeskLead } from './use-cases/appoint-service-desk-lead.js';
import { ImportDirectory } from './use-cases/import-directory.js';
import { RegisterPerson } from './use-cases/register-person.js';
import { RegisterService } from './use-cases/register-service.js';
import { RegisterTeam } from './use-cases/register-team.js';
import { RegisterTenant } from './use-cases/register-tenant.js';
import { UpdateService } from './use-cases/update-service.js';

@Module({
  providers: [
    AppointServiceDeskLead,
    CatalogLoader,
    CatalogReader,
    ExternalReferencesRepository,
    ImportDirectory,
    ImportedPeopleResolver,
    ImportedTeamsResolver,
    PeopleRepository,
    PeopleResolver,
    RegisterPerson,
    RegisterService,
    RegisterTeam,
    RegisterTenant,
    ServiceResolver,
    ServicesRepository,
    TeamsRepository,
    TeamsResolver,
    TenantResolver,
    TenantsRepository,
    UpdateService,
  ],
})
export class CatalogModule {}

export const catalog: SubgraphDefinition = {
  name: 'catalog',
  module: CatalogModule,
  records: [ExternalReferenceRecord, PersonRecord, ServiceRecord, TeamRecord, TenantRecord],
  migrations: [
    CreateCatalog1795000000001,
    KeepHistory1795000000002,
    ImportDirectory1795000000003,
    KeepDeadLetters1795000000006,
  ],
  reactions: [],
};
