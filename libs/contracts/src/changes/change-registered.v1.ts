import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { importedFromSchema } from '../imported-from.js';
import { changeKindSchema } from './vocabulary.js';

/** Published when: a change was asked for, or it was imported. */
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
    /** What it touches; empty when it was imported and nobody told. */
    serviceIds: z.array(z.string()),
    /** Where it will be done. */
    environment: z.string(),
    /** How to go back; null only for standard changes and those that were imported. */
    rollbackPlan: z.string().nullable(),
    /** Who asks: a person; a deployment source for an unplanned change; `system:changes` for a rollback and what was imported. */
    requesterId: z.string(),
    /** True when a deployment opened the change and nobody had asked for it. */
    unplanned: z.boolean().optional(),
    /** Set on a rollback: the incident it remedies. */
    remedyForIncidentId: z.string().nullable(),
    /** Set on a rollback: the change it takes back. */
    rollsBackChangeId: z.string().nullable(),
    /** Set when it was imported: what the other system calls it. */
    importedFrom: importedFromSchema.optional(),
  }),
});

export type ChangeRegisteredV1 = DataOf<typeof changeRegisteredV1>;
