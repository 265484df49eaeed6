import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import {
  Access,
  CLOCK,
  CurrentActor,
  CurrentRequest,
  mutationError,
  payload,
  type RequestContext,
} from '@graphdesk/subgraph';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import type { SourceKind } from '../domain/deployment-source.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { CreateDeploymentSource } from '../use-cases/create-deployment-source.js';
import { RecordDeployment } from '../use-cases/record-deployment.js';
import { ChangeType } from './change.type.js';
import { RecordDeploymentInput } from './changes.inputs.js';
import { DeploymentSourceKind } from './changes.enums.js';
import { ChangesLoader } from './changes.loader.js';
import { DeploymentPayload, DeploymentSourcePayload } from './changes.payloads.js';
import { DeploymentType } from './deployment.type.js';
import { ServiceReference } from './foreign.reference.js';

@Resolver(() => DeploymentType)
export class DeploymentResolver {
  constructor(
    private readonly loader: ChangesLoader,
    private readonly recordUseCase: RecordDeployment,
    private readonly createSource: CreateDeploymentSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Mutation(() => DeploymentPayload, {
    description:
      'A pipeline reports a deployment, with a token of the role integration. Late and repeated reports change nothing.',
  })
  @Access('integration')
  async recordDeployment(
    @CurrentActor() actor: Actor,
    @Args('input') input: RecordDeploymentInput,
  ): Promise<DeploymentPayload> {
    const outcome = await this.recordUseCase.execute(actor, {
      origin: actor.id,
      externalId: input.externalId,
      state: input.state,
      serviceName: input.service,
      environment: input.environment,
      reference: input.reference,
      changeReference: input.change ?? null,
      reportedAt: input.at ?? this.clock.now(),
    });
    return payload('deployment', outcome);
  }

  @Mutation(() => DeploymentSourcePayload, {
    description: 'Lets a system report deployments by webhook. Its secret is shown this once.',
  })
  @Access('admin')
  async createDeploymentSource(
    @CurrentActor() actor: Actor,
    @Args('name', { description: 'Unique per tenant, 100 characters at most.' }) name: string,
    @Args('kind', { type: () => DeploymentSourceKind, defaultValue: 'GITHUB' }) kind: SourceKind,
  ): Promise<DeploymentSourcePayload> {
    const outcome = await this.createSource.execute(actor, name, kind);
    if (!outcome.ok) return { deploymentSource: null, secret: null, errors: [mutationError(outcome)] };
    const { source, secret } = outcome.value;
    return { deploymentSource: { ...source, path: `/hooks/github/${source.id}` }, secret, errors: [] };
  }

  @ResolveReference()
  resolveReference(reference: { id: string }, request: RequestContext): Promise<DeploymentRecord | null> {
    return this.loader.deployment(request, reference.id);
  }

  @ResolveField(() => Int, { description: 'How many events it has behind it; grows by one with each.' })
  revision(@Parent() deployment: DeploymentRecord): number {
    return deployment.version;
  }

  @ResolveField(() => ServiceReference, { nullable: true, description: 'Null when the catalog knows no such service.' })
  service(@Parent() deployment: DeploymentRecord): ServiceReference | null {
    return deployment.serviceId ? { id: deployment.serviceId } : null;
  }

  @ResolveField(() => ChangeType, { nullable: true, description: 'Null only for an unknown service.' })
  change(
    @Parent() deployment: DeploymentRecord,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    return deployment.changeId ? this.loader.change(request, deployment.changeId) : Promise.resolve(null);
  }
}
