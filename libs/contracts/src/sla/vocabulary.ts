import { z } from 'zod';
import { prioritySchema } from '../incidents/vocabulary.js';

/** What an SLA clock measures. */
export const slaMeasureSchema = z.enum(['TIME_TO_OWN', 'TIME_TO_RESOLVE']);
export type SlaMeasure = z.infer<typeof slaMeasureSchema>;

/** One target of a policy. */
export const slaTargetSchema = z.object({
  /** For incidents of this priority. */
  priority: prioritySchema,
  /** What is measured. */
  measure: slaMeasureSchema,
  /** Counted minutes; one more is a breach. */
  minutes: z.int().min(1),
});
export type SlaTarget = z.infer<typeof slaTargetSchema>;
