import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Level, OnHoldReason, ResolutionCode } from '../domain/vocabulary.js';
import { AcknowledgeIncident } from '../use-cases/acknowledge-incident.js';
import { AssignIncident } from '../use-cases/assign-incident.js';
import { CancelIncident } from '../use-cases/cancel-incident.js';
import { CloseIncident } from '../use-cases/close-incident.js';
import { HoldIncident } from '../use-cases/hold-incident.js';
import { ReopenIncident } from '../use-cases/reopen-incident.js';
import { ReportIncident } from '../use-cases/report-incident.js';
import { ReprioritizeIncident } from '../use-cases/reprioritize-incident.js';
import { ResolveIncident } from '../use-cases/resolve-incident.js';
import { ResumeIncident } from '../use-cases/resume-incident.js';
import { ValidateRecovery } from '../use-cases/validate-recovery.js';
import { LevelEnum, OnHoldReasonEnum, ResolutionCodeEnum } from './incident.enums.js';
import { ReportIncidentInput } from './incident.inputs.js';
import { IncidentPayload } from './incident.payloads.js';
import { IncidentType } from './incident.type.js';

@Resolver(() => IncidentType)
export class IncidentMutations {
  constructor(
    private readonly reporting: ReportIncident,
    private readonly acknowledging: AcknowledgeIncident,
    private readonly assigning: AssignIncident,
    private readonly holding: HoldIncident,
    private readonly resuming: ResumeIncident,
    private readonly reprioritizing: ReprioritizeIncident,
    private readonly resolving: ResolveIncident,
    private readonly validating: ValidateRecovery,
    private readonly reopening: ReopenIncident,
    private readonly closing: CloseIncident,
    private readonly canceling: CancelIncident,
  ) {}

  @Mutation(() => IncidentPayload, { description: "Logs an incident; the tenant's matrix gives its priority." })
  @Access(...EVERY_INSIDER)
  async reportIncident(
    @CurrentActor() actor: Actor,
    @Args('input') input: ReportIncidentInput,
  ): Promise<IncidentPayload> {
    const { serviceId = null, environment = null, impactStartedAt = null } = input;
    return payload(
      'incident',
      await this.reporting.execute(actor, { ...input, serviceId, environment, impactStartedAt }),
    );
  }

  @Mutation(() => IncidentPayload, { description: 'Takes an incident in hand: the caller is accountable from now on.' })
  @Access(...EVERY_INSIDER)
  async acknowledgeIncident(@CurrentActor() actor: Actor, @Id() id: string): Promise<IncidentPayload> {
    return payload('incident', await this.acknowledging.execute(actor, id));
  }

  @Mutation(() => IncidentPayload, { description: 'Hands accountability over to another person, with a reason.' })
  @Access(...EVERY_INSIDER)
  async assignIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('ownerId', { type: () => ID }) ownerId: string,
    @Args('reason') reason: string,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.assigning.execute(actor, id, { ownerId, reason }));
  }

  @Mutation(() => IncidentPayload, { description: 'Work waits for something outside.' })
  @Access(...EVERY_INSIDER)
  async holdIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('onHoldReason', { type: () => OnHoldReasonEnum }) reason: OnHoldReason,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.holding.execute(actor, id, reason));
  }

  @Mutation(() => IncidentPayload, { description: 'Work goes on after a hold.' })
  @Access(...EVERY_INSIDER)
  async resumeIncident(@CurrentActor() actor: Actor, @Id() id: string): Promise<IncidentPayload> {
    return payload('incident', await this.resuming.execute(actor, id));
  }

  @Mutation(() => IncidentPayload, { description: 'Assesses impact and urgency anew, with a reason.' })
  @Access(...EVERY_INSIDER)
  async reprioritizeIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('impact', { type: () => LevelEnum }) impact: Level,
    @Args('urgency', { type: () => LevelEnum }) urgency: Level,
    @Args('reason') reason: string,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.reprioritizing.execute(actor, id, { impact, urgency, reason }));
  }

  @Mutation(() => IncidentPayload, {
    description: 'Service is restored; for P1 and P2 provisional until recovery is validated.',
  })
  @Access(...EVERY_INSIDER)
  async resolveIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('resolutionCode', { type: () => ResolutionCodeEnum }) code: ResolutionCode,
    @Args('notes') notes: string,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.resolving.execute(actor, id, { code, notes }));
  }

  @Mutation(() => IncidentPayload, { description: 'A second person saw the fix hold.' })
  @Access(...EVERY_INSIDER)
  async validateRecovery(@CurrentActor() actor: Actor, @Id() id: string): Promise<IncidentPayload> {
    return payload('incident', await this.validating.execute(actor, id));
  }

  @Mutation(() => IncidentPayload, { description: 'The fix did not hold: work goes on.' })
  @Access(...EVERY_INSIDER)
  async reopenIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('reason') reason: string,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.reopening.execute(actor, id, reason));
  }

  @Mutation(() => IncidentPayload, {
    description: 'Nothing is left to do. P1 and P2 first need their recovery validated.',
  })
  @Access(...EVERY_INSIDER)
  async closeIncident(@CurrentActor() actor: Actor, @Id() id: string): Promise<IncidentPayload> {
    return payload('incident', await this.closing.execute(actor, id));
  }

  @Mutation(() => IncidentPayload, { description: 'It was no incident, or a duplicate of another.' })
  @Access(...EVERY_INSIDER)
  async cancelIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('reason') reason: string,
  ): Promise<IncidentPayload> {
    return payload('incident', await this.canceling.execute(actor, id, reason));
  }
}

/** The argument that every act on an incident begins with. */
function Id(): ParameterDecorator {
  return Args('id', { type: () => ID });
}
