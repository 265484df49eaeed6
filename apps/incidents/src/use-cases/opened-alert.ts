import { newId } from '@graphdesk/contracts';
import type { EpisodeChange } from '../domain/alert-episodes.js';
import { clip } from '../domain/alert-title.js';
import { readSeverity } from '../domain/classify-alert.js';
import { NAME_LIMIT } from '../domain/report.js';
import type { AlertsRepository } from '../persistence/alerts.repository.js';
import type { Delivery, NormalAlert } from './alert-delivery.js';

/** An alert that is new: firing, or over before it was heard of. */
export type Opened = EpisodeChange<NormalAlert> & { readonly kind: 'OPENED' | 'OVER_BEFORE_HEARD' };

/** The row of an alert that a delivery told of for the first time, but for its incident. */
export function rowOf(
  change: Opened,
  delivery: Delivery,
  now: Date,
): Omit<Parameters<AlertsRepository['open']>[1][number], 'incidentId'> {
  const { alert } = change;
  const over = change.kind === 'OVER_BEFORE_HEARD';
  return {
    id: newId('alert'),
    sourceId: delivery.sourceId,
    fingerprint: alert.fingerprint,
    name: clip(alert.name, NAME_LIMIT),
    status: over ? 'RESOLVED' : 'FIRING',
    severity: readSeverity(alert.severityLabel).severity,
    labels: alert.labels,
    annotations: alert.annotations,
    generatorUrl: alert.generatorUrl,
    startsAt: alert.startsAt,
    endsAt: over ? (alert.endsAt ?? alert.startsAt) : null,
    receivedAt: now,
    deliveryDigest: delivery.digest,
  };
}
