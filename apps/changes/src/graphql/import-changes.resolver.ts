import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, mutationError } from '@graphdesk/subgraph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ImportChanges, type ImportResult } from '../use-cases/import-changes.js';
import { ImportChangesPayload, ImportedChangeInput, ImportedChangeResult } from './import-changes.type.js';

@Resolver(() => ImportedChangeResult)
export class ImportChangesResolver {
  constructor(private readonly importing: ImportChanges) {}

  @Mutation(() => ImportChangesPayload, {
    description:
      'Takes over changes of another system with what they have to do with incidents, 100 at once at most. They are history: CLOSED. A repeat changes nothing; incidents that it names beyond are linked.',
  })
  @Access(...EVERY_INSIDER)
  async importChanges(
    @CurrentActor() actor: Actor,
    @Args('system', { description: 'Where they come from, such as servicenow.' }) system: string,
    @Args('changes', { type: () => [ImportedChangeInput] }) changes: ImportedChangeInput[],
  ): Promise<ImportChangesPayload> {
    const outcome = await this.importing.execute(actor, system, changes);
    if (!outcome.ok) return { results: [], errors: [mutationError(outcome)] };
    return { results: outcome.value.map(resultOf), errors: [] };
  }
}

function resultOf({ refusal, ...result }: ImportResult): ImportedChangeResult {
  const { code, message, retryable } = refusal
    ? mutationError(refusal)
    : { code: null, message: null, retryable: false };
  return { ...result, code, message, retryable };
}
