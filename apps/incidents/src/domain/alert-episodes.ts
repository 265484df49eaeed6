import type { AlertStatus, Severity } from './vocabulary.js';

/**
 * One alert as a delivery tells of it. The same alert may fire many times: each time is an episode, named by fingerprint and
 * start. `endsAt` is null while it fires.
 */
export interface ToldAlert {
  readonly fingerprint: string;
  readonly status: AlertStatus;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
}

/** An episode that is on record. */
export interface KnownEpisode extends ToldAlert {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** Null when it was over before we heard of it. */
  readonly incidentId: string | null;
}

/** What a delivery changes. */
export type EpisodeChange<Told extends ToldAlert> =
  /** An episode we had not heard of; one that is already over is recorded and troubles nobody. */
  | { readonly kind: 'OPENED' | 'OVER_BEFORE_HEARD'; readonly alert: Told }
  /** An episode on record is over, by its all-clear or because a later one began: then its all-clear was missed. */
  | { readonly kind: 'CLEARED'; readonly episode: KnownEpisode; readonly endsAt: Date };

/**
 * What is new in a delivery. An all-clear ends every episode that began before it, and an episode that began before the
 * latest all-clear is history. So a delivery that comes twice, late or before its predecessor ends in the same place, and a
 * start that moves a little (two monitors watching the same thing) does not leave an alert firing for ever.
 */
export function changedEpisodes<Told extends ToldAlert>(
  known: readonly KnownEpisode[],
  told: readonly Told[],
): readonly EpisodeChange<Told>[] {
  const knownOf = byFingerprint(known);
  return [...byFingerprint(told)].flatMap(([fingerprint, alerts]) =>
    changesOfOne(knownOf.get(fingerprint) ?? [], alerts),
  );
}

/** A storm brings thousands of alerts at once: each is compared with its own past alone. */
function byFingerprint<Alert extends ToldAlert>(alerts: readonly Alert[]): ReadonlyMap<string, readonly Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const group = groups.get(alert.fingerprint);
    if (group) group.push(alert);
    else groups.set(alert.fingerprint, [alert]);
  }
  return groups;
}

function changesOfOne<Told extends ToldAlert>(
  known: readonly KnownEpisode[],
  told: readonly Told[],
): readonly EpisodeChange<Told>[] {
  const clears = distinct(told.filter((alert) => alert.status === 'RESOLVED'));
  const firing = distinct(told.filter((alert) => alert.status === 'FIRING')).at(-1);
  const cleared = known.flatMap((episode): EpisodeChange<Told>[] => {
    const clear = episode.status === 'FIRING' ? clears.find((alert) => ends(alert, episode)) : undefined;
    return clear ? [{ kind: 'CLEARED', episode, endsAt: endOf(clear) }] : [];
  });
  const unheard = clears.filter(
    (clear) =>
      !known.some((episode) => sameStart(episode, clear) || (episode.status === 'FIRING' && ends(clear, episode))),
  );
  const over = unheard.map((alert): EpisodeChange<Told> => ({ kind: 'OVER_BEFORE_HEARD', alert }));
  return [...cleared, ...over, ...(firing ? changesByFiring(known, clears, firing) : [])];
}

function changesByFiring<Told extends ToldAlert>(
  known: readonly KnownEpisode[],
  clears: readonly Told[],
  alert: Told,
): readonly EpisodeChange<Told>[] {
  const on = known.filter((episode) => episode.status === 'FIRING' && !clears.some((clear) => ends(clear, episode)));
  if ([...known, ...clears].some((episode) => sameStart(episode, alert))) return [];
  const past = [...known, ...clears].filter((episode) => episode.status === 'RESOLVED');
  if (past.some((episode) => ends(episode, alert))) return [{ kind: 'OVER_BEFORE_HEARD', alert }];
  if (on.some((episode) => episode.startsAt > alert.startsAt)) return [];
  return [
    ...on.map((episode): EpisodeChange<Told> => ({ kind: 'CLEARED', episode, endsAt: alert.startsAt })),
    { kind: 'OPENED', alert },
  ];
}

/** Whether an all-clear (or an episode that is over) shows that this one is over too. */
function ends(over: ToldAlert, episode: ToldAlert): boolean {
  return over.status === 'RESOLVED' && (episode.startsAt < endOf(over) || sameStart(over, episode));
}

function endOf(alert: ToldAlert): Date {
  return alert.endsAt ?? alert.startsAt;
}

function sameStart(one: ToldAlert, other: ToldAlert): boolean {
  return one.startsAt.getTime() === other.startsAt.getTime();
}

/** One entry per start, the earliest first. */
function distinct<Told extends ToldAlert>(alerts: readonly Told[]): readonly Told[] {
  const byStart = new Map(alerts.map((alert) => [alert.startsAt.getTime(), alert]));
  return [...byStart.values()].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}
