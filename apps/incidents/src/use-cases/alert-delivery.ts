import type { ToldAlert } from '../domain/alert-episodes.js';

/** An alert in the one form that all sources are reduced to. Texts hold no characters that the database refuses. */
export interface NormalAlert extends ToldAlert {
  readonly name: string;
  /** Digest of what alerts of one incident share: service, environment and name, as the source writes them. */
  readonly dedupKey: string;
  readonly serviceLabel: string | null;
  readonly environment: string | null;
  readonly severityLabel: string | undefined;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generatorUrl: string | null;
}

/** What a source sent at once. */
export interface Delivery {
  readonly sourceId: string;
  readonly tenantId: string;
  /** SHA-256 of the body, hexadecimal. */
  readonly digest: string;
  /** Exactly as it came. */
  readonly body: string;
  readonly alerts: readonly NormalAlert[];
}
