import type { Reaction } from './reaction.js';

/** An aggregate type of a producer: what one consumer reads. */
export interface Source {
  readonly service: string;
  readonly aggregateType: string;
}

/** The sources that these reactions listen to, each once. */
export function sourcesOf(reactions: readonly Reaction[]): readonly Source[] {
  const sources = new Map<string, Source>();
  for (const { contract } of reactions) sources.set(`${contract.service}.${contract.aggregateType}`, contract);
  return [...sources.values()];
}

/** The name of a service's reader of a source, such as `changes:incidents.incident`. */
export function consumerName(service: string, source: Source): string {
  return `${service}:${source.service}.${source.aggregateType}`;
}
