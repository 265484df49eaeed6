import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { ImportProblemsResolver } from './graphql/import-problems.resolver.js';
import { IncidentResolver } from './graphql/incident.resolver.js';
import { ProblemMutationsResolver } from './graphql/problem-mutations.resolver.js';
import { KnownErrorResolver, ProblemResolver } from './graphql/problem.resolver.js';
import { ProblemsLoader } from './graphql/problems.loader.js';
import { ServiceResolver } from './graphql/service.resolver.js';
import { CreateProblems1795000000001 } from './persistence/migrations/0001-create-problems.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { ImportProblems1795000000003 } from './persistence/migrations/0003-import-problems.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { ProblemIncidentRecord } from './persistence/problem-incident.record.js';
import { ProblemRecord } from './persistence/problem.record.js';
import { ProblemsReader } from './persistence/problems.reader.js';
import { ProblemsRepository } from './persistence/problems.repository.js';
import { RecurrencesReader } from './persistence/recurrences.reader.js';
import { IncidentRecord } from './projections/incidents/incident.record.js';
import { IncidentsProjector } from './projections/incidents/incidents.projector.js';
import { IncidentsReader } from './projections/incidents/incidents.reader.js';
import { ServiceRecord } from './projections/services/service.record.js';
import { ServicesProjector } from './projections/services/services.projector.js';
import { ServicesReader } from './projections/services/services.reader.js';
import { NoteRecurrenceWhenIncidentReported } from './reactions/note-recurrence-when-incident-reported.js';
import { CloseProblem } from './use-cases/close-problem.js';
import { ImportProblems } from './use-cases/import-problems.js';
import { LinkIncident } from './use-cases/link-incident.js';
import { MoveProblem } from './use-cases/move-problem.js';
import { NoteRecurrence } from './use-cases/note-recurrence.js';
import { RecordRootCause } from './use-cases/record-root-cause.js';
import { RecordWorkaround } from './use-cases/record-workaround.js';
import { RegisterProblem } from './use-cases/register-problem.js';

@Module({
  providers: [
    CloseProblem,
    ImportProblems,
    ImportProblemsResolver,
    IncidentResolver,
    IncidentsProjector,
    IncidentsReader,
    KnownErrorResolver,
    LinkIncident,
    MoveProblem,
    NoteRecurrence,
    NoteRecurrenceWhenIncidentReported,
    ProblemMutationsResolver,
    ProblemResolver,
    ProblemsLoader,
    ProblemsReader,
    ProblemsRepository,
    RecordRootCause,
    RecordWorkaround,
    RecurrencesReader,
    RegisterProblem,
    ServiceResolver,
    ServicesProjector,
    ServicesReader,
  ],
})
export class ProblemsModule {}

export const problems: SubgraphDefinition = {
  name: 'problems',
  module: ProblemsModule,
  records: [IncidentRecord, ProblemIncidentRecord, ProblemRecord, ServiceRecord],
  migrations: [
    CreateProblems1795000000001,
    KeepHistory1795000000002,
    ImportProblems1795000000003,
    KeepDeadLetters1795000000006,
  ],
  reactions: [IncidentsProjector, ServicesProjector, NoteRecurrenceWhenIncidentReported],
};
