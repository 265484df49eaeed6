import type { Acting } from './incident.js';

/** Which incidents an actor may see. */
export type Visibility =
  | { readonly kind: 'ALL' }
  /** Partners: incidents of the services in their scope. */
  | { readonly kind: 'SERVICES'; readonly serviceIds: readonly string[] }
  /** Who only reports sees their own reports and what they own. */
  | { readonly kind: 'OWN'; readonly personId: string }
  | { readonly kind: 'NONE' };

const SEES_ALL = [
  'responder',
  'major-incident-manager',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
  'service-owner',
  'admin',
  'auditor',
];

/** Deny by default: whoever stands on no list sees nothing. */
export function visibilityOf(viewer: Acting & { readonly serviceScope?: readonly string[] }): Visibility {
  if (viewer.id.startsWith('system:') || viewer.roles.some((role) => SEES_ALL.includes(role))) return { kind: 'ALL' };
  if (viewer.roles.includes('requester')) return { kind: 'OWN', personId: viewer.id };
  if (viewer.roles.includes('partner')) return { kind: 'SERVICES', serviceIds: viewer.serviceScope ?? [] };
  return { kind: 'NONE' };
}
