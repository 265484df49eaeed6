import { Access } from '@graphdesk/subgraph';
import { Directive, Field, ID, ObjectType } from '@nestjs/graphql';
import type { SourceKind } from '../domain/deployment-source.js';
import { VIEWERS } from '../domain/visibility.js';
import type { DeploymentState as State } from '../domain/vocabulary.js';
import { DeploymentSourceKind, DeploymentState } from './changes.enums.js';

@ObjectType('Deployment', { description: 'One run of a pipeline that brings something live.' })
@Directive('@key(fields: "id")')
@Access(...VIEWERS)
export class DeploymentType {
  @Field(() => ID)
  id!: string;

  @Field(() => DeploymentState)
  state!: State;

  @Field({ description: 'What the pipeline calls the service.' })
  serviceName!: string;

  @Field()
  environment!: string;

  @Field({ description: 'What is deployed, in the words of the pipeline, such as acme/billing@c0ffee.' })
  reference!: string;

  @Field(() => Date, { nullable: true, description: 'When it was live, by the pipeline; null until it succeeded.' })
  deployedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When something took its place; null while live.' })
  endedAt!: Date | null;
}

@ObjectType('DeploymentSource', { description: 'A system that reports deployments by webhook.' })
@Access('admin', 'auditor')
export class DeploymentSourceType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => DeploymentSourceKind)
  kind!: SourceKind;

  @Field({ description: 'Where its webhooks go, below the address of the gateway.' })
  path!: string;

  @Field(() => Date)
  createdAt!: Date;
}
