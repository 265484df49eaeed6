import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { serviceTierSchema } from './vocabulary.js';

/** Published when: a service changed in the catalog; carries all of it. */
export const serviceUpdatedV1 = defineEvent({
  service: 'catalog',
  aggregateType: 'service',
  name: 'service-updated',
  version: 1,
  schema: z.object({
    /** Unique per tenant; what alerts and deployments call the service. */
    key: z.string(),
    /** For people. */
    name: z.string(),
    /** How much depends on it. */
    tier: serviceTierSchema,
    /** Where it runs. */
    environments: z.array(z.string()),
    /** The team that runs it. */
    ownerTeamId: z.string().nullable(),
    /** Owns its incidents at birth; null falls back to the tenant's service-desk lead. */
    accountablePersonId: z.string().nullable(),
    /** Ids of the services it needs. */
    dependsOn: z.array(z.string()),
  }),
});

export type ServiceUpdatedV1 = DataOf<typeof serviceUpdatedV1>;
