import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { IncidentResolver } from './graphql/incident.resolver.js';
import { StakeholderUpdateResolver } from './graphql/stakeholder-update.resolver.js';
import { StakeholderUpdatesLoader } from './graphql/stakeholder-updates.loader.js';
import { UpdateMutationsResolver } from './graphql/update-mutations.resolver.js';
import { CreateCommunications1795000000001 } from './persistence/migrations/0001-create-communications.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { StakeholderUpdateRecord } from './persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from './persistence/stakeholder-updates.reader.js';
import { StakeholderUpdatesRepository } from './persistence/stakeholder-updates.repository.js';
import { IncidentRecord } from './projections/incidents/incident.record.js';
import { IncidentsProjector } from './projections/incidents/incidents.projector.js';
import { IncidentsReader } from './projections/incidents/incidents.reader.js';
import { ServiceRecord } from './projections/services/service.record.js';
import { ServicesProjector } from './projections/services/services.projector.js';
import { ServicesReader } from './projections/services/services.reader.js';
import { DraftUpdateWhenRollbackAccepted } from './reactions/draft-update-when-rollback-accepted.js';
import { DraftUpdatesWhenIncidentMoves } from './reactions/draft-updates-when-incident-moves.js';
import { ApproveUpdate } from './use-cases/approve-update.js';
import { DiscardUpdate } from './use-cases/discard-update.js';
import { DraftDueUpdates } from './use-cases/draft-due-updates.js';
import { EditUpdate } from './use-cases/edit-update.js';
import { SendUpdate } from './use-cases/send-update.js';

@Module({
  providers: [
    ApproveUpdate,
    DiscardUpdate,
    DraftDueUpdates,
    DraftUpdateWhenRollbackAccepted,
    DraftUpdatesWhenIncidentMoves,
    EditUpdate,
    IncidentResolver,
    IncidentsProjector,
    IncidentsReader,
    SendUpdate,
    ServicesProjector,
    ServicesReader,
    StakeholderUpdateResolver,
    StakeholderUpdatesLoader,
    StakeholderUpdatesReader,
    StakeholderUpdatesRepository,
    UpdateMutationsResolver,
  ],
})
export class CommunicationsModule {}

export const communications: SubgraphDefinition = {
  name: 'communications',
  module: CommunicationsModule,
  records: [IncidentRecord, ServiceRecord, StakeholderUpdateRecord],
  migrations: [CreateCommunications1795000000001, KeepHistory1795000000002, KeepDeadLetters1795000000006],
  reactions: [IncidentsProjector, ServicesProjector, DraftUpdatesWhenIncidentMoves, DraftUpdateWhenRollbackAccepted],
};
