import { Field, ID, InputType } from '@nestjs/graphql';
import type { ChangeKind as Kind, ChangeState as State, DeploymentState } from '../domain/vocabulary.js';
import { ChangeKind, ChangeState, ReportedDeploymentState } from './changes.enums.js';

@InputType()
export class RegisterChangeInput {
  @Field({ description: 'One line, 200 characters at most.' })
  title!: string;

  @Field(() => ChangeKind)
  kind!: Kind;

  @Field(() => [ID], { description: 'The services it touches, at least one.' })
  serviceIds!: string[];

  @Field({ defaultValue: 'production', description: 'Where it is done.' })
  environment!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How to go back, 10 000 characters at most; required unless the change is STANDARD.',
  })
  rollbackPlan?: string | null;
}

@InputType({ description: 'Narrows a list: parts are combined with AND, values within a part with OR.' })
export class ChangeFilterInput {
  @Field(() => [ChangeState], { nullable: true })
  state?: State[] | null;

  @Field(() => [ChangeKind], { nullable: true })
  kind?: Kind[] | null;

  @Field(() => ID, { nullable: true })
  serviceId?: string | null;

  @Field(() => String, { nullable: true })
  environment?: string | null;

  @Field(() => Boolean, { nullable: true })
  unplanned?: boolean | null;
}

@InputType()
export class RecordDeploymentInput {
  @Field({
    description: 'The id that the pipeline gives this deployment: reports with the same id are about the same one.',
  })
  externalId!: string;

  @Field({ description: 'The key of the service in the catalog.' })
  service!: string;

  @Field({ defaultValue: 'production' })
  environment!: string;

  @Field({ description: 'What is deployed, such as acme/billing@c0ffee.' })
  reference!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The change it belongs to, such as CHG-12; without one, the change is found or opened.',
  })
  change?: string | null;

  @Field(() => ReportedDeploymentState, { defaultValue: 'SUCCEEDED' })
  state!: DeploymentState;

  @Field(() => Date, { nullable: true, description: 'When the pipeline reached the state; by default now.' })
  at?: Date | null;
}
