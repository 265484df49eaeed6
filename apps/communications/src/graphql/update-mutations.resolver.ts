import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, payload } from '@graphdesk/subgraph';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { ApproveUpdate } from '../use-cases/approve-update.js';
import { DiscardUpdate } from '../use-cases/discard-update.js';
import { EditUpdate } from '../use-cases/edit-update.js';
import { SendUpdate } from '../use-cases/send-update.js';
import { EditUpdateInput, StakeholderUpdatePayload, StakeholderUpdateType } from './stakeholder-update.type.js';

/** The argument that names the update of a mutation. */
const Id = (): ParameterDecorator => Args('id', { type: () => ID });

@Resolver(() => StakeholderUpdateType)
export class UpdateMutationsResolver {
  constructor(
    private readonly editing: EditUpdate,
    private readonly approving: ApproveUpdate,
    private readonly discarding: DiscardUpdate,
    private readonly sending: SendUpdate,
  ) {}

  @Mutation(() => StakeholderUpdatePayload, { description: 'Changes the words of a draft.' })
  @Access(...EVERY_INSIDER)
  async editUpdate(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Args('input') { subject, body, audience }: EditUpdateInput,
  ): Promise<StakeholderUpdatePayload> {
    const wording = { subject: subject ?? null, body: body ?? null, audience: audience ?? null };
    return payload('stakeholderUpdate', await this.editing.execute(actor, id, wording));
  }

  @Mutation(() => StakeholderUpdatePayload, { description: 'Answers for the words; they cannot be changed any more.' })
  @Access(...EVERY_INSIDER)
  async approveUpdate(@CurrentActor() actor: Actor, @Id() id: string): Promise<StakeholderUpdatePayload> {
    return payload('stakeholderUpdate', await this.approving.execute(actor, id));
  }

  @Mutation(() => StakeholderUpdatePayload, { description: 'Decides that it will never be sent.' })
  @Access(...EVERY_INSIDER)
  async discardUpdate(@CurrentActor() actor: Actor, @Id() id: string): Promise<StakeholderUpdatePayload> {
    return payload('stakeholderUpdate', await this.discarding.execute(actor, id));
  }

  @Mutation(() => StakeholderUpdatePayload, {
    description:
      'Hands an approved update over to be delivered, once; from then on nothing stops it. NO_CHANNEL when no mail server is set up.',
  })
  @Access(...EVERY_INSIDER)
  async sendUpdate(@CurrentActor() actor: Actor, @Id() id: string): Promise<StakeholderUpdatePayload> {
    return payload('stakeholderUpdate', await this.sending.execute(actor, id));
  }
}
