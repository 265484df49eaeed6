import type { SubgraphDefinition } from '@graphdesk/subgraph';
import { Module } from '@nestjs/common';
import { IncidentResolver } from './graphql/incident.resolver.js';
import { SlaClockResolver } from './graphql/sla-clock.resolver.js';
import { SlaPolicyResolver } from './graphql/sla-policy.resolver.js';
import { SlaLoader } from './graphql/sla.loader.js';
import { CreateSla1795000000001 } from './persistence/migrations/0001-create-sla.js';
import { KeepHistory1795000000002 } from './persistence/migrations/0002-keep-history.js';
import { KeepDeadLetters1795000000006 } from './persistence/migrations/0006-keep-dead-letters.js';
import { KeepTimers1795000000008 } from './persistence/migrations/0008-keep-timers.js';
import { SlaClockRecord } from './persistence/sla-clock.record.js';
import { SlaClocksRepository } from './persistence/sla-clocks.repository.js';
import { SlaPoliciesRepository } from './persistence/sla-policies.repository.js';
import { SlaPolicyRecord } from './persistence/sla-policy.record.js';
import { SlaReader } from './persistence/sla.reader.js';
import { MoveClocksWhenIncidentMoves } from './reactions/move-clocks-when-incident-moves.js';
import { SetUpPolicyWhenTenantRegistered } from './reactions/set-up-policy-when-tenant-registered.js';
import { StartClocksWhenIncidentReported } from './reactions/start-clocks-when-incident-reported.js';
import { ClocksReachTheirTargets } from './timers/clocks-reach-their-targets.js';
import { EnsureSlaPolicy } from './use-cases/ensure-sla-policy.js';
import { MoveClocks } from './use-cases/move-clocks.js';
import { NoteClockWork } from './use-cases/note-clock-work.js';
import { SetSlaTargets } from './use-cases/set-sla-targets.js';
import { StartClocks } from './use-cases/start-clocks.js';

@Module({
  providers: [
    ClocksReachTheirTargets,
    EnsureSlaPolicy,
    IncidentResolver,
    MoveClocks,
    MoveClocksWhenIncidentMoves,
    NoteClockWork,
    SetSlaTargets,
    SetUpPolicyWhenTenantRegistered,
    SlaClockResolver,
    SlaClocksRepository,
    SlaLoader,
    SlaPoliciesRepository,
    SlaPolicyResolver,
    SlaReader,
    StartClocks,
    StartClocksWhenIncidentReported,
  ],
})
export class SlaModule {}

export const sla: SubgraphDefinition = {
  name: 'sla',
  module: SlaModule,
  records: [SlaClockRecord, SlaPolicyRecord],
  migrations: [CreateSla1795000000001, KeepHistory1795000000002, KeepDeadLetters1795000000006, KeepTimers1795000000008],
  reactions: [SetUpPolicyWhenTenantRegistered, StartClocksWhenIncidentReported, MoveClocksWhenIncidentMoves],
  timers: [ClocksReachTheirTargets],
};
