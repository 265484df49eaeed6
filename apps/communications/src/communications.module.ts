import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { channelsFromSettings } from './channels/channels-from-settings.js';
import { Channels } from './channels/channels.js';
import { readMailSettings } from './channels/mail-settings.js';
import { DeliverWhenDue } from './timers/deliver-when-due.js';
import { DeliveriesLoader } from './graphql/deliveries.loader.js';
import { IncidentResolver } from './graphql/incident.resolver.js';
import { NotificationResolver } from './graphql/notification.resolver.js';
import { StakeholderUpdateResolver } from './graphql/stakeholder-update.resolver.js';
import { StakeholderUpdatesLoader } from './graphql/stakeholder-updates.loader.js';
import { SubscriberMutationsResolver } from './graphql/subscriber-mutations.resolver.js';
import { SubscriberResolver } from './graphql/subscriber.resolver.js';
import { UpdateMutationsResolver } from './graphql/update-mutations.resolver.js';
import { CreateCommunications1795000000001 } from './persistence/migrations/0001-create-communications.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { DeliverUpdates1795000000007 } from './persistence/migrations/0007-deliver-updates.js';
import { NotificationRecord } from './persistence/notification.record.js';
import { NotificationsReader } from './persistence/notifications.reader.js';
import { NotificationsRepository } from './persistence/notifications.repository.js';
import { StakeholderUpdateRecord } from './persistence/stakeholder-update.record.js';
import { StakeholderUpdatesReader } from './persistence/stakeholder-updates.reader.js';
import { StakeholderUpdatesRepository } from './persistence/stakeholder-updates.repository.js';
import { SubscriberRecord } from './persistence/subscriber.record.js';
import { SubscribersReader } from './persistence/subscribers.reader.js';
import { SubscribersRepository } from './persistence/subscribers.repository.js';
import { TimelineEntryRecord } from './persistence/timeline-entry.record.js';
import { TimelinesReader } from './persistence/timelines.reader.js';
import { IncidentRecord } from './projections/incidents/incident.record.js';
import { IncidentsProjector } from './projections/incidents/incidents.projector.js';
import { IncidentsReader } from './projections/incidents/incidents.reader.js';
import { ServiceRecord } from './projections/services/service.record.js';
import { ServicesProjector } from './projections/services/services.projector.js';
import { ServicesReader } from './projections/services/services.reader.js';
import { DraftUpdateWhenRollbackAccepted } from './reactions/draft-update-when-rollback-accepted.js';
import { DraftUpdatesWhenIncidentMoves } from './reactions/draft-updates-when-incident-moves.js';
import { AddSubscriber } from './use-cases/add-subscriber.js';
import { ApproveUpdate } from './use-cases/approve-update.js';
import { ClaimNotification } from './use-cases/claim-notification.js';
import { DeliverNotification } from './use-cases/deliver-notification.js';
import { DiscardUpdate } from './use-cases/discard-update.js';
import { DraftDueUpdates } from './use-cases/draft-due-updates.js';
import { EditUpdate } from './use-cases/edit-update.js';
import { RemoveSubscriber } from './use-cases/remove-subscriber.js';
import { SendUpdate } from './use-cases/send-update.js';

@Module({
  providers: [
    { provide: Channels, useFactory: () => channelsFromSettings() },
    AddSubscriber,
    ApproveUpdate,
    ClaimNotification,
    DeliverNotification,
    DeliverWhenDue,
    DeliveriesLoader,
    DiscardUpdate,
    DraftDueUpdates,
    DraftUpdateWhenRollbackAccepted,
    DraftUpdatesWhenIncidentMoves,
    EditUpdate,
    IncidentResolver,
    IncidentsProjector,
    IncidentsReader,
    NotificationResolver,
    NotificationsReader,
    NotificationsRepository,
    RemoveSubscriber,
    SendUpdate,
    ServicesProjector,
    ServicesReader,
    StakeholderUpdateResolver,
    StakeholderUpdatesLoader,
    StakeholderUpdatesReader,
    StakeholderUpdatesRepository,
    SubscriberMutationsResolver,
    SubscriberResolver,
    SubscribersReader,
    SubscribersRepository,
    TimelinesReader,
    UpdateMutationsResolver,
  ],
})
export class CommunicationsModule {}

export const communications: SubgraphDefinition = {
  name: 'communications',
  module: CommunicationsModule,
  records: [
    IncidentRecord,
    NotificationRecord,
    ServiceRecord,
    StakeholderUpdateRecord,
    SubscriberRecord,
    TimelineEntryRecord,
  ],
  migrations: [
    CreateCommunications1795000000001,
    KeepHistory1795000000002,
    KeepDeadLetters1795000000006,
    DeliverUpdates1795000000007,
  ],
  reactions: [IncidentsProjector, ServicesProjector, DraftUpdatesWhenIncidentMoves, DraftUpdateWhenRollbackAccepted],
  timers: [DeliverWhenDue],
  checkSettings: (environment) => void readMailSettings(environment),
};
