import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a tenant exists. */
export const tenantRegisteredV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'tenant',
  name: 'tenant-registered',
  version: 1,
  schema: z.object({
    /** For people. */
    name: z.string(),
    /** Owns what has no accountable person. */
    serviceDeskLeadId: z.string().nullable(),
  }),
});

export type TenantRegisteredV1 = DataOf<typeof tenantRegisteredV1>;
