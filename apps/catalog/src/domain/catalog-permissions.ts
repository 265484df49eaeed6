import { refuse, type Refused } from '@graphdesk/decisions';

/** What can be done to the catalog. */
export type CatalogAct =
  | 'register-tenant'
  | 'change-tenant'
  | 'register-team'
  | 'register-person'
  | 'register-service'
  | 'update-service'
  | 'import-directory';

/** Who may do what: act -> roles. */
const PERMISSIONS: Readonly<Record<CatalogAct, readonly string[]>> = {
  'register-tenant': ['operator'],
  'change-tenant': ['admin'],
  'register-team': ['admin'],
  'register-person': ['admin'],
  'register-service': ['admin', 'service-owner'],
  'update-service': ['admin', 'service-owner'],
  'import-directory': ['admin'],
};

/** Null when one of the roles may do it, else the refusal. */
export function forbids(act: CatalogAct, roles: readonly string[]): Refused<'NOT_ALLOWED'> | null {
  const allowed = PERMISSIONS[act];
  if (roles.some((role) => allowed.includes(role))) return null;
  return refuse('NOT_ALLOWED', `to ${act.replace('-', ' a ')} takes the role ${allowed.join(' or ')}`);
}
