import { loadMany, loadOne, type Loader } from '@graphdesk/subgraph';
import { Injectable } from '@nestjs/common';
import type { ChangeRecord } from '../persistence/change.record.js';
import { ChangesReader, type RecentChange } from '../persistence/changes.reader.js';
import type { DeploymentRecord } from '../persistence/deployment.record.js';
import { DeploymentsReader } from '../persistence/deployments.reader.js';
import type { RollbackSuggestionRecord } from '../persistence/rollback-suggestion.record.js';
import type { SuspectSearchRecord } from '../persistence/suspect-search.record.js';
import type { SuspectedChangeRecord } from '../persistence/suspected-change.record.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import type { TimelineEntryRecord } from '../persistence/timeline-entry.record.js';

/** References of one request, read together per kind; what the actor may not see is null or absent. */
@Injectable()
export class ChangesLoader {
  readonly change: Loader<string, ChangeRecord | null>;
  readonly deployment: Loader<string, DeploymentRecord | null>;
  readonly suspectedChange: Loader<string, SuspectedChangeRecord | null>;
  readonly suggestion: Loader<string, RollbackSuggestionRecord | null>;
  /** By the id of the suspicion. */
  readonly suggestionOf: Loader<string, RollbackSuggestionRecord | null>;
  /** By the id of the change. */
  readonly deployments: Loader<string, readonly DeploymentRecord[]>;
  readonly timeline: Loader<string, readonly TimelineEntryRecord[]>;
  /** By the id of the incident. */
  readonly suspectedChanges: Loader<string, readonly SuspectedChangeRecord[]>;
  readonly suspectSearch: Loader<string, SuspectSearchRecord | null>;
  /** By the id of the service. */
  readonly recentChanges: Loader<string, readonly RecentChange[]>;

  constructor(changes: ChangesReader, deployments: DeploymentsReader, suspicions: SuspicionsReader) {
    this.change = loadOne((actor, ids) => changes.byIds(actor, ids), byId);
    this.deployment = loadOne((actor, ids) => deployments.byIds(actor, ids), byId);
    this.suspectedChange = loadOne((actor, ids) => suspicions.byIds(actor, ids), byId);
    this.suggestion = loadOne((actor, ids) => suspicions.suggestionsByIds(actor, ids), byId);
    this.suggestionOf = loadOne(
      (actor, ids) => suspicions.suggestionsOf(actor, ids),
      (suggestion) => suggestion.suspectedChangeId,
    );
    this.deployments = loadMany(
      (actor, ids) => deployments.ofChanges(actor, ids),
      (deployment) => deployment.changeId ?? '',
    );
    this.timeline = loadMany(
      (actor, ids) => changes.timelineOf(actor, ids),
      (entry) => entry.aggregateId,
    );
    this.suspectedChanges = loadMany(
      (actor, ids) => suspicions.ofIncidents(actor, ids),
      (suspected) => suspected.incidentId,
    );
    this.suspectSearch = loadOne(
      (actor, ids) => suspicions.searchesOf(actor, ids),
      (search) => search.incidentId,
    );
    this.recentChanges = loadMany(
      (actor, ids) => changes.recentOf(actor, ids),
      (recent) => recent.serviceId,
    );
  }
}

const byId = (row: { readonly id: string }): string => row.id;
