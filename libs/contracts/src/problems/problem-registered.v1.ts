import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { importedFromSchema } from '../imported-from.js';

/** Published when: a person registered a problem, or it was imported. */
export const problemRegisteredV1 = defineEvent({
  service: 'problems',
  aggregateType: 'problem',
  name: 'problem-registered',
  version: 1,
  schema: z.object({
    /** Per tenant; people see PRB-<number>. */
    number: z.int().min(1),
    /** One line. */
    title: z.string(),
    /** The service it is about, if one. */
    serviceId: z.string().nullable(),
    /** How it shows. */
    symptom: z.string().nullable(),
    /** Who. */
    registeredBy: z.string(),
    /** When. */
    registeredAt: z.iso.datetime(),
    /** Set when it was imported: what the other system calls it. */
    importedFrom: importedFromSchema.optional(),
  }),
});

export type ProblemRegisteredV1 = DataOf<typeof problemRegisteredV1>;
