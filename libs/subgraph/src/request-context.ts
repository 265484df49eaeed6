import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '@graphdesk/identity';

/** What a GraphQL request carries: who asks. Loaders keep one batch per context. */
export interface RequestContext {
  readonly actor: Actor;
  readonly correlationId: string;
}

/** Resolver parameter: the actor on whose behalf the request runs. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => contextOf(context).actor,
);

/** Resolver parameter: the request, as loaders need it. */
export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext): RequestContext =>
  contextOf(context),
);

function contextOf(context: ExecutionContext): RequestContext {
  return GqlExecutionContext.create(context).getContext<RequestContext>();
}
