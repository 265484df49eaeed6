import { TenantDatabase } from '@graphdesk/database';
import type { Clock } from '@graphdesk/decisions';
import { systemActor, type Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { changedEpisodes, type EpisodeChange } from '../domain/alert-episodes.js';
import { continues, noteAlerts, type AlertNews } from '../domain/alerts-of-incident.js';
import { AlertsReader } from '../persistence/alerts.reader.js';
import { AlertsRepository } from '../persistence/alerts.repository.js';
import { IncidentsRepository } from '../persistence/incidents.repository.js';
import { KindsReader } from '../persistence/kinds.reader.js';
import type { Delivery, NormalAlert } from './alert-delivery.js';
import { LogAlert } from './log-alert.js';
import { rowOf, type Opened } from './opened-alert.js';

type Change = EpisodeChange<NormalAlert>;

/**
 * Takes what a monitor says: everything on record, each alert at one incident, in one transaction. The same delivery again,
 * or deliveries in another order, or two at once, end in the same place.
 */
@Injectable()
export class TakeAlerts {
  constructor(
    private readonly database: TenantDatabase,
    private readonly incidents: IncidentsRepository,
    private readonly kinds: KindsReader,
    private readonly alerts: AlertsRepository,
    private readonly alertsReader: AlertsReader,
    private readonly logAlert: LogAlert,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the incidents that the delivery changed; none when it brought nothing new. */
  async execute(delivery: Delivery): Promise<readonly string[]> {
    const { tenantId } = delivery;
    const actor = systemActor('incidents', tenantId);
    const now = this.clock.now();
    return this.database.transaction(tenantId, async () => {
      const isNew = await this.alerts.keepDelivery({ ...delivery, receivedAt: now });
      if (!isNew || delivery.alerts.length === 0) return [];
      await this.incidents.lockKinds(
        tenantId,
        delivery.alerts.map((alert) => alert.dedupKey),
      );
      const changes = changedEpisodes(await this.knownEpisodes(delivery), delivery.alerts);
      return this.apply(actor, delivery, changes, now);
    });
  }

  private async knownEpisodes(delivery: Delivery): ReturnType<AlertsReader['episodes']> {
    const starts = delivery.alerts.map((alert) => alert.startsAt.getTime());
    return this.alertsReader.episodes(delivery.tenantId, delivery.sourceId, {
      fingerprints: [...new Set(delivery.alerts.map((alert) => alert.fingerprint))],
      earliestStart: new Date(starts.reduce((a, b) => Math.min(a, b))),
    });
  }

  private async apply(
    actor: Actor,
    delivery: Delivery,
    changes: readonly Change[],
    now: Date,
  ): Promise<readonly string[]> {
    const fresh = changes.filter((change): change is Opened => change.kind !== 'CLEARED');
    const cleared = changes.flatMap((change) => (change.kind === 'CLEARED' ? [change] : []));
    const told = cleared.flatMap(({ episode }) => episode.incidentId ?? []);
    const homes = await this.homesOf(actor, fresh, told, now);
    const opened = fresh.map((change) => ({ ...rowOf(change, delivery, now), incidentId: homeOf(change, homes) }));
    await this.alerts.clear(
      delivery.tenantId,
      cleared.map(({ episode, endsAt }) => ({ id: episode.id, endsAt })),
    );
    await this.alerts.open(delivery.tenantId, opened);

    const news = new Map<string, AlertNews[]>();
    const tell = (incidentId: string | null, alert: AlertNews): void => {
      const told = incidentId === null ? undefined : news.get(incidentId);
      if (told) told.push(alert);
      else if (incidentId !== null) news.set(incidentId, [alert]);
    };
    for (const { episode } of cleared) tell(episode.incidentId, newsOf(episode, 'RESOLVED'));
    for (const row of opened) tell(row.incidentId, newsOf(row, row.status));
    await this.noteNews(actor, news, now);
    return [...news.keys()];
  }

  /**
   * The incident of each kind that has a new firing alert: the one it continues, or a new one. Held with those that are told besides
   * (`told`), so that none of them ends between the question and the answer.
   */
  private async homesOf(
    actor: Actor,
    fresh: readonly Opened[],
    told: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, string>> {
    const firing = fresh.filter((change) => change.kind === 'OPENED').map((change) => change.alert);
    const firstOfKind = new Map(firing.toReversed().map((alert) => [alert.dedupKey, alert]));
    const latest = await this.kinds.latestOfKinds(actor.tenantId, [...firstOfKind.keys()]);
    const held = await this.incidents.hold(actor.tenantId, [...told, ...[...latest.values()].map(({ id }) => id)]);
    const homes = new Map<string, string>();
    for (const [dedupKey, alert] of [...firstOfKind].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const candidate = held.get(latest.get(dedupKey)?.id ?? '');
      const home = candidate && continues(candidate, now) ? candidate.id : await this.logAlert.execute(actor, alert);
      homes.set(dedupKey, home);
    }
    return homes;
  }

  private async noteNews(actor: Actor, news: ReadonlyMap<string, readonly AlertNews[]>, now: Date): Promise<void> {
    const ids = [...news.keys()].sort();
    const firing = await this.alerts.firing(actor.tenantId, ids);
    for (const id of ids) {
      const told = news.get(id) ?? [];
      const outcome = await this.incidents.change(actor, id, (incident) =>
        noteAlerts(incident, told, firing.get(id) ?? 0, actor, now),
      );
      if (!outcome.ok) throw new Error(`alerts of ${id}: ${outcome.message}`);
    }
  }
}

function homeOf(change: Opened, homes: ReadonlyMap<string, string>): string | null {
  return change.kind === 'OPENED' ? (homes.get(change.alert.dedupKey) ?? null) : null;
}

function newsOf(alert: Omit<AlertNews, 'alertId' | 'status'> & { id: string }, status: AlertNews['status']): AlertNews {
  return { alertId: alert.id, name: alert.name, severity: alert.severity, status };
}
