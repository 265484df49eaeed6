import { z } from 'zod';

/** How much of the business stops when a service stops; TIER_1 is the most critical. */
export const serviceTierSchema = z.enum(['TIER_1', 'TIER_2', 'TIER_3']);
export type ServiceTier = z.infer<typeof serviceTierSchema>;
