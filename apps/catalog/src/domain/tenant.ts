import { decide, unchanged, type Decision } from '@graphdesk/decisions';
import type { TenantFact } from './catalog-facts.js';

/** An organisation that uses the installation; nothing of one is visible from another. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** Owns incidents of services without an accountable person. */
  readonly serviceDeskLeadId: string | null;
}

/** The settings with another service-desk lead. */
export function appointServiceDeskLead(
  tenant: Tenant,
  personId: string,
  now: Date,
): Decision<Tenant, TenantFact, never> {
  if (tenant.serviceDeskLeadId === personId) return unchanged();
  return decide({ serviceDeskLeadId: personId }, [{ kind: 'tenant-updated', at: now }]);
}
