import { Directive, Field, ObjectType } from '@nestjs/graphql';
import { Access, EVERY_INSIDER } from './access.js';

/** Where a thing was imported from: columns that are both null for what was born here. */
export interface ImportedRow {
  readonly externalSystem: string | null;
  readonly externalId: string | null;
}

@ObjectType({ description: 'What another system calls it, for what was imported from there.' })
@Directive('@shareable')
@Access(...EVERY_INSIDER)
export class ExternalReference {
  @Field({ description: 'The other system, such as servicenow.' })
  system!: string;

  @Field({ description: 'Its name there, such as INC0000047; unique per tenant and system.' })
  externalId!: string;
}

/** A row's reference as clients see it; null for what was born here. */
export function externalReference({ externalSystem, externalId }: ImportedRow): ExternalReference | null {
  return externalSystem === null || externalId === null ? null : { system: externalSystem, externalId };
}
