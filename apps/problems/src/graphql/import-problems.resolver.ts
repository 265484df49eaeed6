import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, mutationError } from '@graphdesk/subgraph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ImportProblems, type ImportResult } from '../use-cases/import-problems.js';
import { ImportedProblemInput, ImportedProblemResult, ImportProblemsPayload } from './import-problems.type.js';

@Resolver(() => ImportedProblemResult)
export class ImportProblemsResolver {
  constructor(private readonly importing: ImportProblems) {}

  @Mutation(() => ImportProblemsPayload, {
    description:
      'Takes over problems of another system with their incidents, 100 at once at most. They begin as NEW. A repeat changes nothing; incidents that it names beyond are added.',
  })
  @Access(...EVERY_INSIDER)
  async importProblems(
    @CurrentActor() actor: Actor,
    @Args('system', { description: 'Where they come from, such as servicenow.' }) system: string,
    @Args('problems', { type: () => [ImportedProblemInput] }) problems: ImportedProblemInput[],
  ): Promise<ImportProblemsPayload> {
    const outcome = await this.importing.execute(actor, system, problems);
    if (!outcome.ok) return { results: [], errors: [mutationError(outcome)] };
    return { results: outcome.value.map(resultOf), errors: [] };
  }
}

function resultOf({ refusal, ...result }: ImportResult): ImportedProblemResult {
  const { code, message, retryable } = refusal
    ? mutationError(refusal)
    : { code: null, message: null, retryable: false };
  return { ...result, code, message, retryable };
}
