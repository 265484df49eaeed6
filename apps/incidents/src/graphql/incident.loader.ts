import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { AlertRecord } from '../persistence/alert.record.js';
import { AlertsReader } from '../persistence/alerts.reader.js';
import type { IncidentRecord } from '../persistence/incident.record.js';
import { IncidentsReader } from '../persistence/incidents.reader.js';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';
import { TimelineReader } from '../persistence/timeline.reader.js';

/** References and lists of one request, read in one statement per kind; what the actor may not see is not there. */
@Injectable()
export class IncidentLoader {
  readonly incident: Loader<string, IncidentRecord | null>;
  readonly alerts: Loader<string, readonly AlertRecord[]>;
  readonly timeline: Loader<string, readonly TimelineEntryRecord[]>;
  readonly openOfService: Loader<string, readonly IncidentRecord[]>;
  readonly openOfOwner: Loader<string, readonly IncidentRecord[]>;

  constructor(incidents: IncidentsReader, alerts: AlertsReader, timeline: TimelineReader) {
    this.incident = loadOne(
      (actor, ids) => incidents.byIds(actor, ids),
      (incident) => incident.id,
    );
    this.alerts = loadMany(
      (actor, ids) => alerts.ofIncidents(actor, ids),
      (alert) => alert.incidentId ?? '',
    );
    this.timeline = loadMany(
      (actor, ids) => timeline.ofIncidents(actor, ids),
      (entry) => entry.aggregateId,
    );
    this.openOfService = loadMany(
      (actor, ids) => incidents.openOfServices(actor, ids),
      (incident) => incident.serviceId ?? '',
    );
    this.openOfOwner = loadMany(
      (actor, ids) => incidents.openOfOwners(actor, ids),
      (incident) => incident.ownerId ?? '',
    );
  }
}
