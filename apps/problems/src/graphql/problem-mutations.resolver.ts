import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { ProblemState, ResolutionCode } from '../domain/vocabulary.js';
import { CloseProblem } from '../use-cases/close-problem.js';
import { LinkIncident } from '../use-cases/link-incident.js';
import { MoveProblem } from '../use-cases/move-problem.js';
import { RecordRootCause } from '../use-cases/record-root-cause.js';
import { RecordWorkaround } from '../use-cases/record-workaround.js';
import { RegisterProblem } from '../use-cases/register-problem.js';
import { ProblemResolutionCodeEnum, ProblemStateEnum } from './problem-vocabulary.type.js';
import { ProblemPayload, RegisterProblemInput, RootCauseInput } from './problem.inputs.js';
import { ProblemType } from './problem.type.js';

/** The argument that names the problem of a mutation. */
const Id = (): ParameterDecorator => Args('id', { type: () => ID });

@Resolver(() => ProblemType)
export class ProblemMutationsResolver {
  constructor(
    private readonly registering: RegisterProblem,
    private readonly moving: MoveProblem,
    private readonly recordingCause: RecordRootCause,
    private readonly recordingWorkaround: RecordWorkaround,
    private readonly linking: LinkIncident,
    private readonly closing: CloseProblem,
  ) {}

  @Mutation(() => ProblemPayload, { description: 'Registers a problem, with the incidents known to belong to it.' })
  @Access(...EVERY_INSIDER)
  async registerProblem(
    @CurrentActor() actor: Actor,
    @Args('input') { title, serviceId, symptom, incidentIds }: RegisterProblemInput,
  ): Promise<ProblemPayload> {
    const description = { title, serviceId: serviceId ?? null, symptom: symptom ?? null };
    return payload('problem', await this.registering.execute(actor, description, incidentIds));
  }

  @Mutation(() => ProblemPayload, { description: 'Takes a step of the lifecycle; the last is closeProblem.' })
  @Access(...EVERY_INSIDER)
  async moveProblem(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('to', { type: () => ProblemStateEnum }) to: ProblemState,
  ): Promise<ProblemPayload> {
    return payload('problem', await this.moving.execute(actor, id, to));
  }

  @Mutation(() => ProblemPayload, {
    description: 'Puts the cause on record: the problem is a known error from now on.',
  })
  @Access(...EVERY_INSIDER)
  async recordRootCause(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('input') { rootCause, symptom, workaround }: RootCauseInput,
  ): Promise<ProblemPayload> {
    const findings = { rootCause, symptom: symptom ?? null, workaround: workaround ?? null };
    return payload('problem', await this.recordingCause.execute(actor, id, findings));
  }

  @Mutation(() => ProblemPayload, { description: 'Puts on record what helps until it is fixed.' })
  @Access(...EVERY_INSIDER)
  async recordWorkaround(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('workaround') workaround: string,
  ): Promise<ProblemPayload> {
    return payload('problem', await this.recordingWorkaround.execute(actor, id, workaround));
  }

  @Mutation(() => ProblemPayload, { description: 'Says that an incident belongs to a problem; to one at most.' })
  @Access(...EVERY_INSIDER)
  async linkIncident(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('incidentId', { type: () => ID }) incidentId: string,
  ): Promise<ProblemPayload> {
    return payload('problem', await this.linking.execute(actor, id, incidentId));
  }

  @Mutation(() => ProblemPayload, { description: 'Ends a problem. Which code fits depends on how far it came.' })
  @Access(...EVERY_INSIDER)
  async closeProblem(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('resolutionCode', { type: () => ProblemResolutionCodeEnum }) code: ResolutionCode,
    @Args('notes', { description: 'What was done, or why nothing.' }) notes: string,
  ): Promise<ProblemPayload> {
    return payload('problem', await this.closing.execute(actor, id, { code, notes }));
  }
}
