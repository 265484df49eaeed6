import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { changeKindSchema } from './vocabulary.js';

/** Published when: a change was asked for. */
export const changeRegisteredV1 = defineEvent({
  service: 'changes',
  aggregateType: 'change',
  name: 'change-registered',
  version: 1,
  schema: z.object({
    /** Per tenant; people see CHG-<number>. */
    number: z.int().min(1),
    /** One line. */
    title: z.string(),
    /** How it is authorised. */
    kind: changeKindSchema,
    /** What it touches. */
    serviceIds: z.array(z.string()).min(1),
    /** Where it will be done. */
    environment: z.string(),
    /** How to go back; null only for standard changes. */
    rollbackPlan: z.string().nullable(),
    /** Who asks: a person; a deployment source for an unplanned change; `system:changes` for a rollback. */
    requesterId: z.string(),
    /** True when a deployment opened the change and nobody had asked for it. */
    unplanned: z.boolean().optional(),
    /** Set on a rollback: the incident it remedies. */
    remedyForIncidentId: z.string().nullable(),
    /** Set on a rollback: the change it takes back. */
    rollsBackChangeId: z.string().nullable(),
  }),
});

export type ChangeRegisteredV1 = DataOf<typeof changeRegisteredV1>;
