import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { deploymentStateSchema } from './vocabulary.js';

/** Published when: a deployment took a step: its pipeline said so, or another deployment or a rollback took its place. */
export const deploymentMovedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'deployment',
  name: 'deployment-moved',
  version: 1,
  schema: z.object({
    /** Before. */
    from: deploymentStateSchema,
    /** Now. */
    to: deploymentStateSchema,
    /** When it was live, by the pipeline; null until it succeeded. */
    deployedAt: z.iso.datetime().nullable(),
    /** When something took its place; null while live. */
    endedAt: z.iso.datetime().nullable(),
  }),
});

export type DeploymentMovedV1 = DataOf<typeof deploymentMovedV1>;
