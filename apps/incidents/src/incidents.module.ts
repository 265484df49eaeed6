import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { ActionItemLoader } from './graphql/action-item.loader.js';
import { ActionItemMutations } from './graphql/action-item.mutations.js';
import { ActionItemResolver, IncidentActionItemsResolver } from './graphql/action-item.resolver.js';
import { AlertResolver } from './graphql/alert.resolver.js';
import { IncidentLoader } from './graphql/incident.loader.js';
import { IncidentMutations } from './graphql/incident.mutations.js';
import { IncidentImports } from './graphql/incident.imports.js';
import { IncidentResolver } from './graphql/incident.resolver.js';
import { IntakeSourceResolver } from './graphql/intake-source.resolver.js';
import { PersonResolver } from './graphql/person.resolver.js';
import { PriorityMatrixResolver } from './graphql/priority-matrix.resolver.js';
import { ServiceResolver } from './graphql/service.resolver.js';
import { AlertmanagerController } from './hooks/alertmanager.controller.js';
import { ActionItemRecord } from './persistence/action-item.record.js';
import { ActionItemsReader } from './persistence/action-items.reader.js';
import { ActionItemsRepository } from './persistence/action-items.repository.js';
import { AlertRecord } from './persistence/alert.record.js';
import { AlertsReader } from './persistence/alerts.reader.js';
import { AlertsRepository } from './persistence/alerts.repository.js';
import { IncidentRecord } from './persistence/incident.record.js';
import { IncidentsReader } from './persistence/incidents.reader.js';
import { IncidentsRepository } from './persistence/incidents.repository.js';
import { IntakeSourceRecord } from './persistence/intake-source.record.js';
import { IntakeSourcesReader } from './persistence/intake-sources.reader.js';
import { IntakeSourcesRepository } from './persistence/intake-sources.repository.js';
import { KindsReader } from './persistence/kinds.reader.js';
import { CreateIncidents1795000000001 } from './persistence/migrations/0001-create-incidents.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { ImportIncidents1795000000007 } from './persistence/migrations/0007-import-incidents.js';
import { KeepTimers1795000000008 } from './persistence/migrations/0008-keep-timers.js';
import { AddActionItems1795000000009 } from './persistence/migrations/0009-add-action-items.js';
import { PriorityMatrixReader } from './persistence/priority-matrix.reader.js';
import { PriorityMatrixRecord } from './persistence/priority-matrix.record.js';
import { PriorityMatrixRepository } from './persistence/priority-matrix.repository.js';
import { TimelineEntryRecord } from './persistence/timeline-entry.record.js';
import { TimelineReader } from './persistence/timeline.reader.js';
import { PeopleProjector } from './projections/people/people.projector.js';
import { PeopleReader } from './projections/people/people.reader.js';
import { PersonRecord } from './projections/people/person.record.js';
import { ServiceRecord } from './projections/services/service.record.js';
import { ServicesProjector } from './projections/services/services.projector.js';
import { ServicesReader } from './projections/services/services.reader.js';
import { TeamRecord } from './projections/teams/team.record.js';
import { TeamsProjector } from './projections/teams/teams.projector.js';
import { TeamsReader } from './projections/teams/teams.reader.js';
import { TenantRecord } from './projections/tenants/tenant.record.js';
import { TenantsProjector } from './projections/tenants/tenants.projector.js';
import { TenantsReader } from './projections/tenants/tenants.reader.js';
import { AdoptIncidentsWhenSomebodyIsNamed } from './reactions/adopt-incidents-when-somebody-is-named.js';
import { NoteProposedProblems } from './reactions/note-proposed-problems.js';
import { NoteRollbacks } from './reactions/note-rollbacks.js';
import { NoteSuspectedChanges } from './reactions/note-suspected-changes.js';
import { AcknowledgeIncident } from './use-cases/acknowledge-incident.js';
import { AddActionItem } from './use-cases/add-action-item.js';
import { AdoptIncidents } from './use-cases/adopt-incidents.js';
import { AnnotateIncident } from './use-cases/annotate-incident.js';
import { AssignIncident } from './use-cases/assign-incident.js';
import { CancelIncident } from './use-cases/cancel-incident.js';
import { CloseIncident } from './use-cases/close-incident.js';
import { CompleteActionItem } from './use-cases/complete-action-item.js';
import { CreateIntakeSource } from './use-cases/create-intake-source.js';
import { ActionItemsComeDue } from './timers/action-items-come-due.js';
import { IncidentsComeDue } from './timers/incidents-come-due.js';
import { DoDueWork } from './use-cases/do-due-work.js';
import { DropActionItem } from './use-cases/drop-action-item.js';
import { HoldIncident } from './use-cases/hold-incident.js';
import { ImportIncident } from './use-cases/import-incident.js';
import { ImportIncidents } from './use-cases/import-incidents.js';
import { LogAlert } from './use-cases/log-alert.js';
import { NoteOverdueActionItem } from './use-cases/note-overdue-action-item.js';
import { ReopenIncident } from './use-cases/reopen-incident.js';
import { ReportIncident } from './use-cases/report-incident.js';
import { ReprioritizeIncident } from './use-cases/reprioritize-incident.js';
import { RescheduleActionItem } from './use-cases/reschedule-action-item.js';
import { ResolveIncident } from './use-cases/resolve-incident.js';
import { ResumeIncident } from './use-cases/resume-incident.js';
import { TakeAlerts } from './use-cases/take-alerts.js';
import { ValidateRecovery } from './use-cases/validate-recovery.js';

@Module({
  controllers: [AlertmanagerController],
  providers: [
    AcknowledgeIncident,
    ActionItemLoader,
    ActionItemMutations,
    ActionItemResolver,
    ActionItemsComeDue,
    ActionItemsReader,
    ActionItemsRepository,
    AddActionItem,
    AdoptIncidents,
    AdoptIncidentsWhenSomebodyIsNamed,
    AlertResolver,
    AlertsReader,
    AlertsRepository,
    AnnotateIncident,
    AssignIncident,
    CancelIncident,
    CloseIncident,
    CompleteActionItem,
    CreateIntakeSource,
    DoDueWork,
    DropActionItem,
    HoldIncident,
    ImportIncident,
    ImportIncidents,
    IncidentActionItemsResolver,
    IncidentImports,
    IncidentLoader,
    IncidentMutations,
    IncidentResolver,
    IncidentsReader,
    IncidentsComeDue,
    IncidentsRepository,
    IntakeSourceResolver,
    IntakeSourcesReader,
    IntakeSourcesRepository,
    KindsReader,
    LogAlert,
    NoteOverdueActionItem,
    NoteProposedProblems,
    NoteRollbacks,
    NoteSuspectedChanges,
    PeopleProjector,
    PeopleReader,
    PersonResolver,
    PriorityMatrixReader,
    PriorityMatrixRepository,
    PriorityMatrixResolver,
    ReopenIncident,
    ReportIncident,
    ReprioritizeIncident,
    RescheduleActionItem,
    ResolveIncident,
    ResumeIncident,
    ServiceResolver,
    ServicesProjector,
    ServicesReader,
    TakeAlerts,
    TeamsProjector,
    TeamsReader,
    TenantsProjector,
    TenantsReader,
    TimelineReader,
    ValidateRecovery,
  ],
})
export class IncidentsModule {}

export const incidents: SubgraphDefinition = {
  name: 'incidents',
  module: IncidentsModule,
  records: [
    ActionItemRecord,
    AlertRecord,
    IncidentRecord,
    IntakeSourceRecord,
    PersonRecord,
    PriorityMatrixRecord,
    ServiceRecord,
    TeamRecord,
    TenantRecord,
    TimelineEntryRecord,
  ],
  migrations: [
    CreateIncidents1795000000001,
    KeepHistory1795000000002,
    KeepDeadLetters1795000000006,
    ImportIncidents1795000000007,
    KeepTimers1795000000008,
    AddActionItems1795000000009,
  ],
  // Projectors first: what reacts to the same event reads what they wrote.
  reactions: [
    ServicesProjector,
    PeopleProjector,
    TeamsProjector,
    TenantsProjector,
    AdoptIncidentsWhenSomebodyIsNamed,
    NoteSuspectedChanges,
    NoteRollbacks,
    NoteProposedProblems,
  ],
  timers: [IncidentsComeDue, ActionItemsComeDue],
};
