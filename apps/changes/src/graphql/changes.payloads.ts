import { Access, EVERYBODY, MutationError } from '@graphdesk/subgraph';
import { Field, ObjectType } from '@nestjs/graphql';
import { ChangeType } from './change.type.js';
import { DeploymentSourceType, DeploymentType } from './deployment.type.js';
import { RollbackSuggestionType, SuspectedChangeType } from './suspected-change.type.js';

@ObjectType()
@Access(...EVERYBODY)
export class ChangePayload {
  @Field(() => ChangeType, { nullable: true, description: 'Null when refused.' })
  change!: ChangeType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class DeploymentPayload {
  @Field(() => DeploymentType, { nullable: true, description: 'Null when refused.' })
  deployment!: DeploymentType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class SuspectedChangePayload {
  @Field(() => SuspectedChangeType, { nullable: true, description: 'Null when refused.' })
  suspectedChange!: SuspectedChangeType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class RollbackSuggestionPayload {
  @Field(() => RollbackSuggestionType, { nullable: true, description: 'Null when refused.' })
  rollbackSuggestion!: RollbackSuggestionType | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}

@ObjectType()
@Access(...EVERYBODY)
export class DeploymentSourcePayload {
  @Field(() => DeploymentSourceType, { nullable: true, description: 'Null when refused.' })
  deploymentSource!: DeploymentSourceType | null;

  @Field(() => String, { nullable: true, description: 'What webhooks are signed with. Shown this once.' })
  secret!: string | null;

  @Field(() => [MutationError])
  errors!: MutationError[];
}
