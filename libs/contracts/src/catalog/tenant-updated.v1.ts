import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a tenant's settings changed; carries them all. */
export const tenantUpdatedV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'tenant',
  name: 'tenant-updated',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
    /** Owns what has no accountable person. */
    serviceDeskLeadId: z.string().nullable(),
  }),
});

export type TenantUpdatedV1 = DataOf<typeof tenantUpdatedV1>;
