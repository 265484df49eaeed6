import { refuse, type Refused } from '@graphdesk/decisions';
import type { Acting } from './incident.js';
import type { IncidentRefusal } from './incident-refusals.js';

/** Who handles incidents. */
export const HANDLERS = ['responder', 'major-incident-manager', 'service-owner', 'admin'] as const;
const REPORTERS = [
  ...HANDLERS,
  'requester',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
] as const;

/** Who may do what. `system` stands for what this service does by itself, because of an alert or an event. */
export const INCIDENT_PERMISSIONS = {
  report: [...REPORTERS, 'system'],
  acknowledge: HANDLERS,
  assign: [...HANDLERS, 'system'],
  hold: HANDLERS,
  resume: HANDLERS,
  reprioritize: HANDLERS,
  resolve: [...HANDLERS, 'system'],
  validateRecovery: HANDLERS,
  reopen: [...HANDLERS, 'system'],
  close: [...HANDLERS, 'system'],
  cancel: HANDLERS,
  attachAlerts: ['system'],
  annotate: ['system'],
  import: ['admin'],
  createIntakeSource: ['admin'],
} as const satisfies Record<string, readonly string[]>;
export type IncidentAct = keyof typeof INCIDENT_PERMISSIONS;

/** Whether the table lets this actor do it. */
export function may(acting: Acting, act: IncidentAct): boolean {
  const allowed: readonly string[] = INCIDENT_PERMISSIONS[act];
  if (acting.id.startsWith('system:')) return allowed.includes('system');
  return acting.roles.some((role) => allowed.includes(role));
}

/** The refusal if the table says no, else null. */
export function forbidden(acting: Acting, act: IncidentAct): Refused<IncidentRefusal> | null {
  return may(acting, act) ? null : refuse('NOT_ALLOWED', `Your roles do not allow this act: ${act}.`);
}
