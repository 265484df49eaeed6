import type { Role } from '@graphdesk/identity';
import { INSIDERS, ROLES } from '@graphdesk/identity';
import { Extensions } from '@nestjs/graphql';
import { defaultFieldResolver, GraphQLError, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './request-context.js';

/** Everybody of the tenant, auditors included; no partners, integrations or operators. */
export const EVERY_INSIDER: readonly Role[] = INSIDERS;

/** Every authenticated actor of the tenant: for ids of references, payload wrappers and page information. */
export const EVERYBODY: readonly Role[] = ROLES;

/**
 * Who may read a type's fields, one field, or call a query or mutation. A field's own rule goes before its type's. This is the
 * coarse lock; rows are filtered by readers and acts are decided by the domain. A service with a field without a rule does not start.
 */
export function Access(...roles: readonly Role[]): ClassDecorator & PropertyDecorator & MethodDecorator {
  return Extensions({ access: roles });
}

/** What federation itself adds; what they lead to has rules of its own. */
const FEDERATION_FIELDS = new Set(['Query._service', 'Query._entities', '_Service.sdl']);

/** Wraps every field of the schema with its rule; also those reached through `_entities`. Throws for fields without one. */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const without: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    // graphql types a field's source and context as `any`; the context is what the driver was told to make.
    for (const field of Object.values(type.getFields()) as GraphQLField<unknown, RequestContext>[]) {
      const name = `${type.name}.${field.name}`;
      if (FEDERATION_FIELDS.has(name)) continue;
      const roles = ruleOf(field.extensions) ?? ruleOf(type.extensions);
      if (roles) guard(field, new Set(roles), name);
      else without.push(name);
    }
  }
  if (without.length > 0) throw new Error(`fields without @Access: ${without.join(', ')}`);
  return schema;
}

function ruleOf(extensions: Readonly<Record<string, unknown>>): readonly Role[] | undefined {
  return extensions['access'] as readonly Role[] | undefined;
}

function guard(field: GraphQLField<unknown, RequestContext>, roles: ReadonlySet<Role>, name: string): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info): unknown => {
    if (!context.actor.roles.some((role) => roles.has(role))) {
      throw new GraphQLError(`you may not use ${name}`, { extensions: { code: 'FORBIDDEN' } });
    }
    return resolve(source, args, context, info);
  };
}
