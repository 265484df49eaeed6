import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';

/** Published when: the catalog told of the service after its deployment was recorded, so that its service and change are known now. */
export const deploymentServiceIdentifiedV1 = defineEvent({
  service: 'changes',
  aggregateType: 'deployment',
  name: 'deployment-service-identified',
  version: 1,
  schema: z.object({
    /** The service that the pipeline's name for it belongs to. */
    serviceId: z.string(),
    /** The change it belongs to. */
    changeId: z.string(),
  }),
});

export type DeploymentServiceIdentifiedV1 = DataOf<typeof deploymentServiceIdentifiedV1>;
