import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a deployment of the change succeeded. A change under way is in its review from now on; one without authorisation stays where it was. */
export const changeDeployedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-deployed',
  version: 1,
  schema: z.object({
    /** The deployment. */
    deploymentId: z.string(),
    /** What was deployed. */
    serviceId: z.string(),
    /** Where. */
    environment: z.string(),
    /** When it was live, by the pipeline. */
    deployedAt: z.iso.datetime(),
    /** The pipeline's name for it. */
    reference: z.string(),
  }),
});

export type ChangeDeployedV1 = DataOf<typeof changeDeployedV1>;
