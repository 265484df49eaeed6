/** Every reason for saying no. */
export const SLA_REFUSALS = [
  /** The actor's roles do not allow this act. */
  'NOT_ALLOWED',
  /** No such policy in this tenant. */
  'NOT_FOUND',
  /** The same target was given twice; the detail names the second. */
  'DUPLICATE_TARGET',
  /** Minutes out of bounds; the detail names the target. */
  'TARGET_OUT_OF_BOUNDS',
  /** An incident would have to be resolved before it has to be owned. */
  'OWN_AFTER_RESOLVE',
] as const;
export type SlaRefusal = (typeof SLA_REFUSALS)[number];
