import type { Outcome, Refused } from '@graphdesk/decisions';
import { Directive, Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { Access, EVERYBODY } from './access.js';

/** Why a mutation did nothing. Codes are stable and listed in the documentation; the message is for people and may change. */
@InterfaceType({
  description: 'Why a mutation did nothing. Codes are stable; the message is for people and may change.',
  resolveType: (error: MutationError) => ('allowed' in error ? 'InvalidTransition' : 'Refusal'),
})
export abstract class MutationError {
  @Field({ description: 'Stable, for programs: such as NOT_ALLOWED or NOT_FOUND.' })
  code!: string;

  @Field({ description: 'One sentence for people.' })
  message!: string;

  @Field(() => [String], { description: 'The input that is at fault, as a path; empty when it is the whole request.' })
  path!: string[];

  @Field({
    description:
      'Whether the same request may succeed in a moment without being changed: it names something that another service may just have made.',
  })
  retryable!: boolean;
}

@ObjectType('Refusal', { implements: () => [MutationError], description: 'A refusal that its code says all about.' })
@Directive('@shareable')
@Access(...EVERYBODY)
export class Refusal extends MutationError {}

@ObjectType('InvalidTransition', {
  implements: () => [MutationError],
  description: 'The state does not allow this step.',
})
@Directive('@shareable')
@Access(...EVERYBODY)
export class InvalidTransition extends MutationError {
  @Field({ description: 'The state it is in.' })
  from!: string;

  @Field(() => [String], { description: 'The states that may follow.' })
  allowed!: string[];
}

/** A mutation's payload: the thing as it now is (null when refused) under `name`, and the errors. */
export function payload<Name extends string, Value>(
  name: Name,
  outcome: Outcome<Value, string>,
): { [K in Name]: Value | null } & { errors: MutationError[] } {
  const part = { [name]: outcome.ok ? outcome.value : null } as { [K in Name]: Value | null };
  return { ...part, errors: outcome.ok ? [] : [mutationError(outcome)] };
}

/**
 * A refusal as clients see it. Detail `{from, allowed}` makes it an InvalidTransition; detail `{path}` names the input at fault, and
 * `{retryable: true}` tells that the same request may succeed in a moment.
 */
export function mutationError(refused: Refused<string>): MutationError {
  const { code, message, detail } = refused;
  const shared = { code, message, path: stringsOf(detail?.['path']), retryable: detail?.['retryable'] === true };
  if (detail?.['allowed'] === undefined) return shared;
  const transition: InvalidTransition = {
    ...shared,
    from: String(detail['from']),
    allowed: stringsOf(detail['allowed']),
  };
  return transition;
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
