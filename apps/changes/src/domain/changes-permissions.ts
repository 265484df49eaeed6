import { refuse, type Refused } from '@graphdesk/decisions';
import type { Acting } from './vocabulary.js';

const PLANNERS = ['change-requester', 'change-authority', 'service-owner', 'admin'] as const;
const INVESTIGATORS = ['responder', 'major-incident-manager', 'change-authority', 'service-owner', 'admin'] as const;
const EMERGENCY_AUTHORITY = ['change-authority', 'major-incident-manager', 'admin'] as const;

/** Who may do what: act -> roles. `system` stands for what this service does by itself because of an event. */
export const CHANGES_PERMISSIONS = {
  'register-change': ['change-requester', 'service-owner', 'admin'],
  'plan-change': PLANNERS,
  'authorize-change': ['change-authority', 'admin'],
  'record-deployment': ['integration'],
  'create-deployment-source': ['admin'],
  'suspect-change': ['system'],
  'judge-suspicion': INVESTIGATORS,
  'import-changes': ['admin'],
  'decide-rollback': EMERGENCY_AUTHORITY,
} as const satisfies Record<string, readonly string[]>;
export type ChangesAct = keyof typeof CHANGES_PERMISSIONS;

/** The refusal when the table says no, else null. */
export function forbids(act: ChangesAct, acting: Acting): Refused<'NOT_ALLOWED'> | null {
  const allowed: readonly string[] = CHANGES_PERMISSIONS[act];
  const held = acting.id.startsWith('system:') ? ['system'] : acting.roles;
  if (held.some((role) => allowed.includes(role))) return null;
  return refuse('NOT_ALLOWED', `to ${act.replaceAll('-', ' ')} takes the role ${allowed.join(' or ')}`);
}
