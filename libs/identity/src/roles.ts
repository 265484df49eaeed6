/** Who may appear in the system; the rights of each are tables in the services' own domains. */
export const ROLES = [
  'requester',
  'responder',
  'major-incident-manager',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
  'service-owner',
  'admin',
  'partner',
  'integration',
  'auditor',
  'operator',
] as const;

/** A role of an actor within one tenant. */
export type Role = (typeof ROLES)[number];

/** People of the tenant itself. Partners and integrations are outside; operators run the installation and see no content. */
export const INSIDERS = [
  'requester',
  'responder',
  'major-incident-manager',
  'change-requester',
  'change-authority',
  'problem-manager',
  'communications-lead',
  'service-owner',
  'admin',
  'auditor',
] as const satisfies readonly Role[];

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
