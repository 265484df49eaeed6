import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: an admin let a system report deployments by webhook. Its secret is in no event. */
export const deploymentSourceCreatedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'deployment-source',
  name: 'deployment-source-created',
  version: 1,
  schema: z.object({
    /** Unique per tenant. */
    name: z.string(),
    /** What its webhooks look like. */
    kind: z.enum(['GITHUB']),
  }),
});

export type DeploymentSourceCreatedV1 = DataOf<typeof deploymentSourceCreatedV1>;
