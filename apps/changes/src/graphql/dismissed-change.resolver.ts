import { CurrentRequest, type RequestContext } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DismissedChange } from '../domain/suspect-search.js';
import type { ChangeRecord } from '../persistence/change.record.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { ChangeType } from './change.type.js';
import { ChangesLoader } from './changes.loader.js';
import { DeploymentType } from './deployment.type.js';
import { DismissedChangeType } from './suspected-change.type.js';

@Resolver(() => DismissedChangeType)
export class DismissedChangeResolver {
  constructor(private readonly loader: ChangesLoader) {}

  @ResolveField(() => ChangeType, { nullable: true, description: 'What is not suspected.' })
  change(
    @Parent() dismissed: DismissedChange,
    @CurrentRequest() request: RequestContext,
  ): Promise<ChangeRecord | null> {
    return this.loader.change(request, dismissed.changeId);
  }

  @ResolveField(() => DeploymentType, { nullable: true, description: 'The deployment that was looked at.' })
  deployment(
    @Parent() dismissed: DismissedChange,
    @CurrentRequest() request: RequestContext,
  ): Promise<DeploymentRecord | null> {
    return this.loader.deployment(request, dismissed.deploymentId);
  }
}
