import {
  Access,
  EVERYBODY,
  ImportOutcomeEnum,
  MutationError,
  PriorityEnum,
  type ImportOutcome,
} from '@graphdesk/subgraph';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Priority } from '../domain/vocabulary.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import type { ImportResult } from '../use-cases/import-incidents.js';
import { IncidentType } from './incident.type.js';

@ObjectType({ description: 'What an import did with one incident of the source.' })
@Access('admin')
export class ImportedIncident {
  @Field()
  externalId!: string;

  @Field(() => ImportOutcomeEnum)
  outcome!: ImportOutcome;

  @Field(() => IncidentType, { nullable: true, description: 'Null when refused.' })
  incident!: IncidentRecord | null;

  @Field(() => Int, { description: 'How many entries were added.' })
  entries!: number;

  @Field(() => [PriorityEnum], {
    description: "The matrix's answer for each entry; empty when the history was refused.",
  })
  priorities!: readonly Priority[];

  @Field(() => String, { nullable: true, description: 'Why it was refused, for programs.' })
  code!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, one sentence for people.' })
  message!: string | null;

  @Field(() => String, { nullable: true, description: 'The entry that it was refused for, as the input calls it.' })
  reference!: string | null;

  @Field({ description: 'Whether the same may succeed in a moment: it names what another service may just have made.' })
  retryable!: boolean;
}

@ObjectType()
@Access('admin')
export class ImportIncidentsPayload {
  @Field(() => [ImportedIncident], { description: 'One for each incident of the input, in its order.' })
  results!: ImportedIncident[];

  @Field(() => [MutationError], { description: 'Why nothing at all was done.' })
  @Access(...EVERYBODY)
  errors!: MutationError[];
}

/** One incident's result as clients see it. */
export function importedIncident({ externalId, stored, priorities }: ImportResult): ImportedIncident {
  const base = { externalId, priorities };
  if (stored.ok) {
    const { outcome, incident, entries } = stored;
    return { ...base, outcome, incident, entries, code: null, message: null, reference: null, retryable: false };
  }
  const { code, message, detail } = stored;
  const reference = typeof detail?.['reference'] === 'string' ? detail['reference'] : null;
  const retryable = detail?.['retryable'] === true;
  return { ...base, outcome: 'REFUSED', incident: null, entries: 0, code, message, reference, retryable };
}
