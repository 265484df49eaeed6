import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { CloseCode } from '../domain/vocabulary.js';
import { MoveChange, type ChangeStep } from '../use-cases/move-change.js';
import { RegisterChange } from '../use-cases/register-change.js';
import { ChangeType } from './change.type.js';
import { ChangeCloseCode } from './changes.enums.js';
import { RegisterChangeInput } from './changes.inputs.js';
import { ChangePayload } from './changes.payloads.js';

const id = (): ReturnType<typeof Args> => Args('id', { type: () => ID });

/** The steps of a change, one mutation each; the domain decides who may take them and when. */
@Resolver(() => ChangeType)
export class ChangeStepsResolver {
  constructor(
    private readonly registerUseCase: RegisterChange,
    private readonly moveUseCase: MoveChange,
  ) {}

  @Mutation(() => ChangePayload, { description: 'Asks for a change.' })
  @Access(...EVERY_INSIDER)
  async registerChange(
    @CurrentActor() actor: Actor,
    @Args('input') input: RegisterChangeInput,
  ): Promise<ChangePayload> {
    const request = { ...input, rollbackPlan: input.rollbackPlan ?? null };
    return payload('change', await this.registerUseCase.execute(actor, request));
  }

  @Mutation(() => ChangePayload, { description: 'NORMAL: NEW -> ASSESS.' })
  @Access(...EVERY_INSIDER)
  assessChange(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'ASSESS' });
  }

  @Mutation(() => ChangePayload, { description: 'NORMAL: ASSESS -> AUTHORIZE. EMERGENCY: NEW -> AUTHORIZE.' })
  @Access(...EVERY_INSIDER)
  requestAuthorization(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'REQUEST_AUTHORIZATION' });
  }

  @Mutation(() => ChangePayload, {
    description: 'AUTHORIZE -> SCHEDULED, by the change authority, never by the requester.',
  })
  @Access(...EVERY_INSIDER)
  authorizeChange(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'AUTHORIZE' });
  }

  @Mutation(() => ChangePayload, { description: 'ASSESS or AUTHORIZE -> NEW, by the change authority.' })
  @Access(...EVERY_INSIDER)
  rejectChange(
    @CurrentActor() actor: Actor,
    @id() changeId: string,
    @Args('reason') reason: string,
  ): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'REJECT', reason });
  }

  @Mutation(() => ChangePayload, {
    description: 'STANDARD: NEW -> SCHEDULED. What is scheduled already stays as it is.',
  })
  @Access(...EVERY_INSIDER)
  scheduleChange(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'SCHEDULE' });
  }

  @Mutation(() => ChangePayload, { description: 'SCHEDULED -> IMPLEMENT; a deployment does it by itself.' })
  @Access(...EVERY_INSIDER)
  startImplementation(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'START' });
  }

  @Mutation(() => ChangePayload, { description: 'IMPLEMENT -> REVIEW, for what no pipeline reports.' })
  @Access(...EVERY_INSIDER)
  completeImplementation(@CurrentActor() actor: Actor, @id() changeId: string): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'COMPLETE' });
  }

  @Mutation(() => ChangePayload, { description: 'REVIEW -> CLOSED.' })
  @Access(...EVERY_INSIDER)
  closeChange(
    @CurrentActor() actor: Actor,
    @id() changeId: string,
    @Args('closeCode', { type: () => ChangeCloseCode }) closeCode: CloseCode,
  ): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'CLOSE', closeCode });
  }

  @Mutation(() => ChangePayload, { description: 'Any state before REVIEW -> CANCELED.' })
  @Access(...EVERY_INSIDER)
  cancelChange(
    @CurrentActor() actor: Actor,
    @id() changeId: string,
    @Args('reason') reason: string,
  ): Promise<ChangePayload> {
    return this.move(actor, changeId, { kind: 'CANCEL', reason });
  }

  private async move(actor: Actor, changeId: string, step: ChangeStep): Promise<ChangePayload> {
    return payload('change', await this.moveUseCase.execute(actor, changeId, step));
  }
}
