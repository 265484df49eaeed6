import { refuse, type Refused } from '@graphdesk/decisions';
import type { ProblemRefusal } from './problem-refusals.js';

/** Who acts: a person of the tenant with roles, or `system:<service>`. */
export interface Acting {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Everybody who works on services, or oversees that. A problem names incidents of all services, so partners and requesters see none. */
export const PROBLEM_READERS = [
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

const MANAGERS = ['problem-manager', 'admin'] as const;
const INVESTIGATORS = [...MANAGERS, 'responder', 'service-owner', 'major-incident-manager'] as const;

/** Who may do what. `system` stands for what this service does by itself, because incidents recurred. */
export const PROBLEM_PERMISSIONS = {
  read: [...PROBLEM_READERS, 'system'],
  propose: ['system'],
  register: INVESTIGATORS,
  linkIncident: [...INVESTIGATORS, 'system'],
  recordRootCause: INVESTIGATORS,
  recordWorkaround: INVESTIGATORS,
  move: MANAGERS,
  close: MANAGERS,
  import: ['admin'],
} as const satisfies Record<string, readonly string[]>;
export type ProblemAct = keyof typeof PROBLEM_PERMISSIONS;

/** Whether the table lets this actor do it. */
export function may(acting: Acting, act: ProblemAct): boolean {
  const allowed: readonly string[] = PROBLEM_PERMISSIONS[act];
  if (acting.id.startsWith('system:')) return allowed.includes('system');
  return acting.roles.some((role) => allowed.includes(role));
}

/** The refusal if the table says no, else null. */
export function forbidden(acting: Acting, act: ProblemAct): Refused<ProblemRefusal> | null {
  return may(acting, act) ? null : refuse('NOT_ALLOWED', `Your roles do not allow this act: ${act}.`);
}
