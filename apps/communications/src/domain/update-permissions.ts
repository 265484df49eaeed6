import { refuse, type Refused } from '@graphdesk/decisions';
import type { UpdateRefusal } from './update-refusals.js';

/** Who acts: a person of the tenant with roles, or `system:<service>`. */
export interface Acting {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Everybody who works on incidents, or oversees that. Partners and requesters see no drafts. */
export const UPDATE_READERS = [
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

const SPEAKERS = ['communications-lead', 'major-incident-manager', 'admin'] as const;

/** Addresses are personal data: seen by those who speak for the tenant, and by those who audit it. */
export const SUBSCRIBER_READERS = [...SPEAKERS, 'auditor'] as const;

/** Who may do what. `system` stands for what this service does by itself, because of an event. */
export const UPDATE_PERMISSIONS = {
  read: [...UPDATE_READERS, 'system'],
  draft: ['system'],
  edit: SPEAKERS,
  approve: SPEAKERS,
  discard: SPEAKERS,
  send: SPEAKERS,
  'read-subscribers': [...SUBSCRIBER_READERS, 'system'],
  'manage-subscribers': ['communications-lead', 'admin'],
} as const satisfies Record<string, readonly string[]>;
export type UpdateAct = keyof typeof UPDATE_PERMISSIONS;

/** Whether the table lets this actor do it. */
export function may(acting: Acting, act: UpdateAct): boolean {
  const allowed: readonly string[] = UPDATE_PERMISSIONS[act];
  if (acting.id.startsWith('system:')) return allowed.includes('system');
  return acting.roles.some((role) => allowed.includes(role));
}

/** The refusal if the table says no, else null. */
export function forbidden(acting: Acting, act: UpdateAct): Refused<UpdateRefusal> | null {
  return may(acting, act) ? null : refuse('NOT_ALLOWED', `Your roles do not allow this act: ${act}.`);
}
