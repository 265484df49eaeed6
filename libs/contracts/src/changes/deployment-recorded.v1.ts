import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: a pipeline reported a deployment for the first time. It is PENDING until `deployment-moved` says otherwise. */
export const deploymentRecordedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'deployment',
  name: 'deployment-recorded',
  version: 1,
  schema: z.object({
    /** Who reports it: a deployment source, or the token of a pipeline. */
    origin: z.string(),
    /** The pipeline's id for it, unique per origin. */
    externalId: z.string(),
    /** What the pipeline calls the service. */
    serviceName: z.string(),
    /** Null when the catalog had told of no such service; `deployment-service-identified` follows if it does so in time. */
    serviceId: z.string().nullable(),
    /** Where. */
    environment: z.string(),
    /** The pipeline's name for what it deploys. */
    reference: z.string(),
    /** The change it belongs to; null only for a service that is not known yet. */
    changeId: z.string().nullable(),
  }),
});

export type DeploymentRecordedV1 = DataOf<typeof deploymentRecordedV1>;
