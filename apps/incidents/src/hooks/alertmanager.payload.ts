import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NormalAlert } from '../use-cases/alert-delivery.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const labels = z
  .record(z.string(), z.string())
  .transform((pairs) =>
    Object.fromEntries(Object.entries(pairs).map(([name, value]) => [storable(name), storable(value)])),
  );

/**
 * What Alertmanager's webhook sends, version 4, as far as we read it. Unknown fields are accepted: the body is kept as it
 * came, so nothing that a later release adds is lost.
 */
const payloadSchema = z.looseObject({
  version: z.literal('4'),
  status: z.enum(['firing', 'resolved']),
  alerts: z.array(
    z.looseObject({
      status: z.enum(['firing', 'resolved']),
      labels,
      annotations: labels.default({}),
      startsAt: instant,
      endsAt: instant.optional(),
      generatorURL: z.string().transform(storable).optional(),
      fingerprint: z.string().min(1).max(256).transform(storable),
    }),
  ),
});
type ReceivedAlert = z.infer<typeof payloadSchema>['alerts'][number];

/** The first fault of a payload: where, and what. */
export interface PayloadFault {
  readonly path: string;
  readonly message: string;
}

/** Reads a webhook body into alerts, or says what is wrong with it. */
export function readAlertmanagerPayload(body: string): readonly NormalAlert[] | PayloadFault {
  const parsed = payloadSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data.alerts.map(normalAlert);
  const [fault] = parsed.error.issues;
  return { path: fault?.path.join('.') ?? '', message: fault?.message ?? 'unreadable' };
}

/** Undefined is no object, so a body that is not JSON has its fault at the root. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function normalAlert(alert: ReceivedAlert): NormalAlert {
  const name = filled(alert.labels['alertname']) ?? `unnamed alert ${alert.fingerprint}`;
  const serviceLabel = filled(alert.labels['service'])?.toLowerCase() ?? null;
  const environment = filled(alert.labels['environment']) ?? filled(alert.labels['env']) ?? null;
  return {
    fingerprint: alert.fingerprint,
    status: alert.status === 'firing' ? 'FIRING' : 'RESOLVED',
    startsAt: alert.startsAt,
    endsAt: endOf(alert),
    name,
    dedupKey: createHash('sha256')
      .update(JSON.stringify([serviceLabel, environment, name]))
      .digest('hex'),
    serviceLabel,
    environment,
    severityLabel: alert.labels['severity'],
    description: [alert.annotations['summary'], alert.annotations['description']].filter(Boolean).join('\n\n'),
    labels: alert.labels,
    annotations: alert.annotations,
    generatorUrl: alert.generatorURL ?? null,
  };
}

/** Alertmanager writes the year 1 for an alert that has no end yet. */
function endOf(alert: ReceivedAlert): Date | null {
  return alert.status === 'firing' || !alert.endsAt || alert.endsAt.getUTCFullYear() <= 1 ? null : alert.endsAt;
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** NUL and halves of surrogate pairs are legal in JSON strings and refused by the database. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
