import { z } from 'zod';
import { defineEvent, type DataOf } from '../define-event.js';
import { classificationReasonSchema, incidentOriginSchema, levelSchema, prioritySchema } from './vocabulary.js';

/** Published when: an incident was logged, by an alert, a person or an import. */
export const incidentReportedV1 = defineEvent({
  service: 'incidents',
  aggregateType: 'incident',
  name: 'incident-reported',
  version: 1,
  schema: z.object({
    /** Per tenant; people see INC-<number>. */
    number: z.int().min(1),
    /** One line. */
    title: z.string(),
    /** Null when the alert named no known service (the catch-all). */
    serviceId: z.string().nullable(),
    /** Where, if known. */
    environment: z.string().nullable(),
    /** How much of the business is hurt. */
    impact: levelSchema,
    /** How soon it hurts. */
    urgency: levelSchema,
    /** From the tenant's matrix, never set by hand. */
    priority: prioritySchema,
    /** The version of the matrix that gave the priority. */
    matrixVersion: z.int().min(1),
    /** Why impact and urgency are what they are. */
    classificationReasons: z.array(classificationReasonSchema).optional(),
    /** The one accountable person; null for imports, and while the tenant names nobody (incident-assigned follows once it does). */
    ownerId: z.string().nullable(),
    /** Who reported it; null for alerts, and for imports that name nobody. */
    reporterId: z.string().nullable().optional(),
    /** Who noticed. */
    origin: incidentOriginSchema,
    /** What makes two incidents of a service the same kind: the alert name. */
    signature: z.string().nullable(),
    /** When it was noticed. */
    detectedAt: z.iso.datetime(),
    /** When it was logged. */
    declaredAt: z.iso.datetime(),
  }),
});

export type IncidentReportedV1 = DataOf<typeof incidentReportedV1>;
