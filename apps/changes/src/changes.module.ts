import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { ChangeStepsResolver } from './graphql/change-steps.resolver.js';
import { ChangeIncidentsLoader } from './graphql/change-incidents.loader.js';
import { IncidentsOfChangeResolver, ChangesOfIncidentResolver } from './graphql/change-incidents.resolver.js';
import { ChangeResolver } from './graphql/change.resolver.js';
import { ChangesLoader } from './graphql/changes.loader.js';
import { DeploymentResolver } from './graphql/deployment.resolver.js';
import { DismissedChangeResolver } from './graphql/dismissed-change.resolver.js';
import { IncidentResolver, ServiceResolver } from './graphql/foreign.resolver.js';
import { RollbackSuggestionResolver } from './graphql/rollback-suggestion.resolver.js';
import { ImportChangesResolver } from './graphql/import-changes.resolver.js';
import { SuspectedChangeResolver } from './graphql/suspected-change.resolver.js';
import { GithubController } from './hooks/github.controller.js';
import { ChangeIncidentRecord } from './persistence/change-incident.record.js';
import { ChangeIncidentsReader } from './persistence/change-incidents.reader.js';
import { ChangeRecord } from './persistence/change.record.js';
import { ChangesReader } from './persistence/changes.reader.js';
import { ChangesRepository } from './persistence/changes.repository.js';
import { DeploymentSourceRecord } from './persistence/deployment-source.record.js';
import { DeploymentSourcesRepository } from './persistence/deployment-sources.repository.js';
import { DeploymentRecord } from './persistence/deployment.record.js';
import { DeploymentsReader } from './persistence/deployments.reader.js';
import { DeploymentsRepository } from './persistence/deployments.repository.js';
import { CreateChanges1795000000001 } from './persistence/migrations/0001-create-changes.js';
import { IndexDeploymentsWithoutService1795000000002 } from './persistence/migrations/0002-index-deployments-without-service.js';
import { CreateKnownTenants1795000000003 } from './persistence/migrations/0003-create-known-tenants.js';
import { KeepHistory1795000000004 } from './persistence/migrations/0004-keep-history.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { ImportChanges1795000000008 } from './persistence/migrations/0008-import-changes.js';
import { RecordDismissedChanges1795000000007 } from './persistence/migrations/0007-record-dismissed-changes.js';
import { ImportedChangesRepository } from './persistence/imported-changes.repository.js';
import { KeepTimers1795000000009 } from './persistence/migrations/0009-keep-timers.js';
import { RollbackSuggestionRecord } from './persistence/rollback-suggestion.record.js';
import { RollbackSuggestionsRepository } from './persistence/rollback-suggestions.repository.js';
import { SealedSecrets, secretsKey } from './persistence/sealed-secrets.js';
import { SuspectSearchRecord } from './persistence/suspect-search.record.js';
import { SuspectSearchesRepository } from './persistence/suspect-searches.repository.js';
import { SuspectedChangeRecord } from './persistence/suspected-change.record.js';
import { SuspectedChangesRepository } from './persistence/suspected-changes.repository.js';
import { SuspicionsReader } from './persistence/suspicions.reader.js';
import { TimelineEntryRecord } from './persistence/timeline-entry.record.js';
import { WebhookDeliveriesRepository } from './persistence/webhook-deliveries.repository.js';
import { WebhookSourcesReader } from './persistence/webhook-sources.reader.js';
import { IncidentsProjector } from './projections/incidents/incidents.projector.js';
import { KnownIncidentsReader } from './projections/incidents/incidents.reader.js';
import { KnownIncidentRecord } from './projections/incidents/known-incident.record.js';
import { KnownServiceRecord } from './projections/services/known-service.record.js';
import { ServicesProjector } from './projections/services/services.projector.js';
import { KnownServicesReader } from './projections/services/services.reader.js';
import { KnownTenantRecord } from './projections/tenants/known-tenant.record.js';
import { TenantsProjector } from './projections/tenants/tenants.projector.js';
import { KnownTenantsReader } from './projections/tenants/tenants.reader.js';
import { AdoptDeploymentsWhenServiceKnown } from './reactions/adopt-deployments-when-service-known.js';
import { ExpireRollbacksWhenIncidentOver } from './reactions/expire-rollbacks-when-incident-over.js';
import { ReconsiderRollbacksWhenIncidentReprioritized } from './reactions/reconsider-rollbacks-when-incident-reprioritized.js';
import { SuspectChangesWhenDependenciesKnown } from './reactions/suspect-changes-when-dependencies-known.js';
import { SuspectChangesWhenIncidentReported } from './reactions/suspect-changes-when-incident-reported.js';
import { SuggestionsRunOut } from './timers/suggestions-run-out.js';
import { AskRollbackPolicy } from './use-cases/ask-rollback-policy.js';
import { AdoptDeployments } from './use-cases/adopt-deployments.js';
import { AcceptRollback } from './use-cases/accept-rollback.js';
import { CreateDeploymentSource } from './use-cases/create-deployment-source.js';
import { DeclineRollback } from './use-cases/decline-rollback.js';
import { DeploymentTurns } from './use-cases/deployment-turns.js';
import { DismissChanges } from './use-cases/dismiss-changes.js';
import { ExpireRollbacks } from './use-cases/expire-rollbacks.js';
import { FindChangeOfDeployment } from './use-cases/find-change-of-deployment.js';
import { FinishRollback } from './use-cases/finish-rollback.js';
import { FollowDeployment } from './use-cases/follow-deployment.js';
import { ImportChanges } from './use-cases/import-changes.js';
import { JudgeSuspicion } from './use-cases/judge-suspicion.js';
import { MoveChange } from './use-cases/move-change.js';
import { OpenChange } from './use-cases/open-change.js';
import { ReceiveDelivery } from './use-cases/receive-delivery.js';
import { ReconsiderRollbacks } from './use-cases/reconsider-rollbacks.js';
import { RecordDeployment } from './use-cases/record-deployment.js';
import { RegisterChange } from './use-cases/register-change.js';
import { SuggestRollback } from './use-cases/suggest-rollback.js';
import { SuspectChanges } from './use-cases/suspect-changes.js';

@Module({
  controllers: [GithubController],
  providers: [
    AcceptRollback,
    AdoptDeployments,
    AdoptDeploymentsWhenServiceKnown,
    AskRollbackPolicy,
    ChangeIncidentsLoader,
    ChangeIncidentsReader,
    ChangeResolver,
    ChangeStepsResolver,
    ChangesLoader,
    ChangesOfIncidentResolver,
    ChangesReader,
    ChangesRepository,
    CreateDeploymentSource,
    DeclineRollback,
    DeploymentResolver,
    DeploymentSourcesRepository,
    DeploymentTurns,
    DeploymentsReader,
    DeploymentsRepository,
    DismissChanges,
    DismissedChangeResolver,
    ExpireRollbacks,
    ExpireRollbacksWhenIncidentOver,
    FindChangeOfDeployment,
    FinishRollback,
    FollowDeployment,
    ImportChanges,
    ImportChangesResolver,
    ImportedChangesRepository,
    IncidentResolver,
    IncidentsOfChangeResolver,
    IncidentsProjector,
    JudgeSuspicion,
    KnownIncidentsReader,
    KnownServicesReader,
    KnownTenantsReader,
    MoveChange,
    OpenChange,
    ReceiveDelivery,
    ReconsiderRollbacks,
    ReconsiderRollbacksWhenIncidentReprioritized,
    RecordDeployment,
    RegisterChange,
    RollbackSuggestionResolver,
    RollbackSuggestionsRepository,
    SealedSecrets,
    ServiceResolver,
    ServicesProjector,
    SuggestRollback,
    SuggestionsRunOut,
    SuspectChanges,
    SuspectChangesWhenDependenciesKnown,
    SuspectChangesWhenIncidentReported,
    SuspectSearchesRepository,
    SuspectedChangeResolver,
    SuspectedChangesRepository,
    SuspicionsReader,
    TenantsProjector,
    WebhookDeliveriesRepository,
    WebhookSourcesReader,
  ],
})
export class ChangesModule {}

export const changes: SubgraphDefinition = {
  name: 'changes',
  module: ChangesModule,
  records: [
    ChangeIncidentRecord,
    ChangeRecord,
    DeploymentRecord,
    DeploymentSourceRecord,
    KnownIncidentRecord,
    KnownServiceRecord,
    KnownTenantRecord,
    RollbackSuggestionRecord,
    SuspectSearchRecord,
    SuspectedChangeRecord,
    TimelineEntryRecord,
  ],
  migrations: [
    CreateChanges1795000000001,
    IndexDeploymentsWithoutService1795000000002,
    CreateKnownTenants1795000000003,
    KeepHistory1795000000004,
    KeepDeadLetters1795000000006,
    RecordDismissedChanges1795000000007,
    ImportChanges1795000000008,
    KeepTimers1795000000009,
  ],
  timers: [SuggestionsRunOut],
  // Projections first: a reaction to the same event finds what it says.
  reactions: [
    TenantsProjector,
    ServicesProjector,
    IncidentsProjector,
    AdoptDeploymentsWhenServiceKnown,
    SuspectChangesWhenIncidentReported,
    SuspectChangesWhenDependenciesKnown,
    ReconsiderRollbacksWhenIncidentReprioritized,
    ExpireRollbacksWhenIncidentOver,
  ],
  checkSettings: (environment) => void secretsKey(environment),
};
