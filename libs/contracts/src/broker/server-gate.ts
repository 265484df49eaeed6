/** What is known of the broker. */
export interface BrokerFacts {
  /** The server's version, such as `2.10.27`. */
  readonly version: string;
  /** Copies of the stream, 1 to 5; undefined where there is no stream yet. */
  readonly replicas: number | undefined;
  /** Whether every acknowledged message is on the disk. No client can see it: it is read from the servers' monitoring. */
  readonly sync: 'ALWAYS' | 'AT_INTERVALS' | 'UNSEEN';
}

/** What an installation asks of its broker: everything in production, except what it allows; nothing in development. */
export interface BrokerRules {
  readonly production: boolean;
  /** Copies that the stream is made with. */
  readonly replicas: number;
  /** Base URLs of the servers' monitoring; none: what stands there is not known. */
  readonly monitoringUrls: readonly string[];
  readonly allowOldServer: boolean;
  readonly allowSingleReplica: boolean;
  readonly allowUnsynced: boolean;
}

/** What speaks against the broker: with a refusal nothing starts, a warning is logged. Each names its remedy. */
export interface BrokerVerdict {
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Older ones can lose acknowledged messages when a server of a cluster is killed. */
const OLDEST = '2.10.23';
/** From here on, no loss of acknowledged messages is known with the settings that production asks for. */
const RECOMMENDED = '2.12.3';

/** Whether a service may trust this broker with its events. */
export function judgeBroker(facts: BrokerFacts, rules: BrokerRules): BrokerVerdict {
  const refusals: string[] = [];
  const warnings: string[] = [];
  if (!rules.production) return { refusals, warnings };
  const against = (allowed: boolean, fault: string, remedy: string, setting: string): void => {
    if (allowed) warnings.push(`${fault}; ${setting} allows it`);
    else refusals.push(`${fault}: ${remedy}, or set ${setting}=true`);
  };

  if (isOlder(facts.version, OLDEST)) {
    const fault = `nats-server ${facts.version} is older than ${OLDEST}`;
    against(rules.allowOldServer, fault, 'upgrade it', 'NATS_ALLOW_OLD_SERVER');
  } else if (isOlder(facts.version, RECOMMENDED)) {
    warnings.push(`nats-server ${facts.version} is older than the recommended ${RECOMMENDED}`);
  }
  if (facts.replicas !== undefined && facts.replicas < 2) {
    const remedy = 'run three servers and give the stream three replicas';
    against(rules.allowSingleReplica, 'the stream has one replica', remedy, 'NATS_ALLOW_SINGLE_REPLICA');
  }
  if (facts.sync === 'AT_INTERVALS') {
    const fault = 'a server writes its messages to the disk at intervals';
    against(rules.allowUnsynced, fault, 'set sync_interval: always in its jetstream block', 'NATS_ALLOW_UNSYNCED');
  } else if (facts.sync === 'UNSEEN' && !rules.allowUnsynced) {
    warnings.push(
      'it is not known whether the servers write every message to the disk at once: set NATS_MONITORING_URL to see it',
    );
  }
  return { refusals, warnings };
}

/** Throws one error with every refusal; hands each warning over. */
export function enforceBrokerRules(facts: BrokerFacts, rules: BrokerRules, warn: (warning: string) => void): void {
  const { refusals, warnings } = judgeBroker(facts, rules);
  warnings.forEach(warn);
  if (refusals.length > 0) throw new Error(`this broker is not for production: ${refusals.join('; ')}`);
}

/** A version that cannot be read counts as older than all; so does the release candidate of a version. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [partsOf(version), partsOf(than)];
  const at = [0, 1, 2].find((place) => a[place] !== b[place]);
  return at === undefined ? /-/.test(version) : (a[at] ?? 0) < (b[at] ?? 0);
}

function partsOf(version: string): readonly number[] {
  const [, ...parts] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return parts.length === 3 ? parts.map(Number) : [0, 0, 0];
}
