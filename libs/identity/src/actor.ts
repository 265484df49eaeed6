import type { Role } from './roles.js';

/** Who asks, within which tenant. Made by the gateway from a verified token; subgraphs decide what it may do. */
export interface Actor {
  /** The person's, partner's or integration's id; `system:<service>` for what a service does by itself. */
  readonly id: string;
  readonly tenantId: string;
  readonly roles: readonly Role[];
  /** Partners only: the services whose incidents concern them. Absent means no limit by service. */
  readonly serviceScope?: readonly string[];
}

/** Whether the actor holds one of these roles. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

/** The actor of what a service does by itself, such as a reaction to an event. */
export function systemActor(service: string, tenantId: string): Actor {
  return { id: `system:${service}`, tenantId, roles: [] };
}

/** Whether this actor is a service of ours rather than somebody outside. */
export function isSystem(actor: Actor): boolean {
  return actor.id.startsWith('system:');
}
