import { refuse } from '@graphdesk/decisions';
import { hasRole, type Actor } from '@graphdesk/identity';
import { DeadLetters, type DeadLetter as Parked } from '@graphdesk/messaging';
import type { Type } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access } from './access.js';
import { connection, PageArgs, pageOf, type Connection } from './connection.js';
import { DeadLetter, DeadLetterConnection, RedrivePayload } from './dead-letter.type.js';
import { mutationError } from './mutation-error.type.js';
import { CurrentActor } from './request-context.js';

const TENANT = { type: () => ID, nullable: true, description: 'Those of this tenant alone.' } as const;

/** A place in the list: a consumer and an aggregate of it. */
const PLACE = /^[a-z]+:[a-z]+\.[a-z-]+ [a-z]+_[0-9a-z]{26}$/;

/** `<service>DeadLetters` and `redrive<Service>DeadLetters` for a service; their words are the same everywhere. */
export function deadLettersResolver(service: string): Type<unknown> {
  const mutation = `redrive${service.slice(0, 1).toUpperCase()}${service.slice(1)}DeadLetters`;

  @Resolver(() => DeadLetter)
  class DeadLettersResolver {
    constructor(private readonly deadLetters: DeadLetters) {}

    @Query(() => DeadLetterConnection, {
      name: `${service}DeadLetters`,
      description: `Events that ${service} cannot apply. Operators see those of all tenants without content, an admin those of the own tenant.`,
    })
    @Access('operator', 'admin')
    async list(
      @CurrentActor() actor: Actor,
      @Args() args: PageArgs,
      @Args('tenantId', TENANT) tenantId: string | null,
    ): Promise<Connection<DeadLetter>> {
      const page = pageOf(args, PLACE);
      const [consumer, aggregateId] = page.beforeId?.split(' ') ?? [];
      const from = { limit: page.limit, after: consumer && aggregateId ? { consumer, aggregateId } : null };
      const rows = seesContent(actor, tenantId)
        ? await this.deadLetters.ofTenant(from, actor.tenantId)
        : hasRole(actor, 'operator')
          ? await this.deadLetters.ofAll(from, tenantId)
          : [];
      return connection(rows.map(deadLetter), page);
    }

    @Mutation(() => RedrivePayload, {
      name: mutation,
      description:
        'Tries again now what waits of an aggregate, in order: also what ended the process. Nothing takes effect twice. Takes some seconds at most; what is left then follows by itself.',
    })
    @Access('operator')
    async redrive(
      @CurrentActor() actor: Actor,
      @Args('consumer') consumer: string,
      @Args('aggregateId', { type: () => ID }) aggregateId: string,
    ): Promise<RedrivePayload> {
      const redriven = await this.deadLetters.redrive(actor.id, consumer, aggregateId);
      if (redriven) {
        return { applied: redriven.applied, parked: redriven.parked ? deadLetter(redriven.parked) : null, errors: [] };
      }
      const refused = refuse('NOT_FOUND', `nothing of ${aggregateId} waits at ${consumer}`);
      return { applied: null, parked: null, errors: [mutationError(refused)] };
    }
  }
  return DeadLettersResolver;
}

/** An admin, of the own tenant; one who is an operator too asks for it by naming the tenant. */
function seesContent(actor: Actor, tenantId: string | null | undefined): boolean {
  if (!hasRole(actor, 'admin')) return false;
  return tenantId === actor.tenantId || (!hasRole(actor, 'operator') && (tenantId ?? null) === null);
}

function deadLetter(row: Parked): DeadLetter & { readonly id: string } {
  const { id, type, content, errorName, errorFingerprint, errorOrigin, ...shared } = row;
  const fingerprint = errorFingerprint ?? '';
  const origin = errorOrigin ?? '';
  const detail = content?.errorDetail ?? null;
  return {
    ...shared,
    id: `${shared.consumer} ${shared.aggregateId}`,
    eventId: id,
    eventType: type,
    error: errorName === null ? null : { name: errorName, fingerprint, origin, detail },
    payload: content ? JSON.stringify(content.envelope) : null,
  };
}
