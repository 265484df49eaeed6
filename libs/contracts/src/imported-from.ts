import { z } from 'zod';

/** What another system calls a thing that was imported from there; unique per tenant. */
export const importedFromSchema = z.object({
  /** The other system, such as servicenow. */
  system: z.string().min(1),
  /** Its name there. */
  externalId: z.string().min(1),
});
export type ImportedFrom = z.infer<typeof importedFromSchema>;
