import { refuse, type Refused } from '@graphdesk/decisions';
import type { SlaRefusal } from './sla-refusals.js';

/** Who acts: a person of the tenant with roles, or `system:<service>`. */
export interface Acting {
  readonly id: string;
  readonly roles: readonly string[];
}

/**
 * Everybody who works on incidents, or oversees that. Requesters are not among them: they follow their own incidents, and
 * this service does not know whose an incident is.
 */
export const SLA_READERS = [
  'responder',
  'major-incident-manager',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
  'service-owner',
  'admin',
  'auditor',
] as const;

/** Who may do what. `system` stands for what this service does by itself, because of an event. */
export const SLA_PERMISSIONS = {
  readClocks: [...SLA_READERS, 'system'],
  readPolicy: [...SLA_READERS, 'system'],
  setTargets: ['admin'],
  moveClocks: ['system'],
} as const satisfies Record<string, readonly string[]>;
export type SlaAct = keyof typeof SLA_PERMISSIONS;

/** Whether the table lets this actor do it. */
export function may(acting: Acting, act: SlaAct): boolean {
  const allowed: readonly string[] = SLA_PERMISSIONS[act];
  if (acting.id.startsWith('system:')) return allowed.includes('system');
  return acting.roles.some((role) => allowed.includes(role));
}

/** The refusal if the table says no, else null. */
export function forbidden(acting: Acting, act: SlaAct): Refused<SlaRefusal> | null {
  return may(acting, act) ? null : refuse('NOT_ALLOWED', `Your roles do not allow this act: ${act}.`);
}
