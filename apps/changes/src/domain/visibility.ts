import type { Acting } from './vocabulary.js';

/** Who sees changes, deployments and suspicions. Partners and people who only report incidents see none; pipelines see what they deploy. */
export const VIEWERS = [
  'responder',
  'major-incident-manager',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
  'service-owner',
  'admin',
  'auditor',
  'integration',
] as const;

/** Deny by default: whoever stands on no list sees nothing. */
export function seesChanges(viewer: Acting): boolean {
  const viewers: readonly string[] = VIEWERS;
  return viewer.id.startsWith('system:') || viewer.roles.some((role) => viewers.includes(role));
}
