import { readFile } from 'node:fs/promises';
import { Supergraph } from '@apollo/federation-internals';
import type { GatewaySettings } from '../settings.js';
import { keySettingOf } from '../settings.js';
import type { SubgraphTarget } from './subgraph-client.js';

/** The name of the virtual subgraph that the gateway answers from the event stream. */
export const EVENTS_GRAPH = 'events';

/** A composed supergraph and the subgraphs it speaks to. */
export interface ComposedGraph {
  readonly sdl: string;
  readonly supergraph: Supergraph;
  /** All but the events graph. */
  readonly targets: readonly SubgraphTarget[];
}

/** Reads the supergraph file. Throws when it is missing or a subgraph has no envelope key. */
export async function loadSupergraph(settings: GatewaySettings): Promise<ComposedGraph> {
  const sdl = await readFile(settings.supergraphFile, 'utf8').catch((cause: unknown) => {
    throw new Error(`There is no supergraph at ${settings.supergraphFile}: compose it with node tools/compose.mjs`, {
      cause,
    });
  });
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const targets = [...supergraph.subgraphsMetadata()].filter(({ name }) => name !== EVENTS_GRAPH);
  return { sdl, supergraph, targets: targets.map(({ name, url }) => targetOf(name, url, settings)) };
}

function targetOf(name: string, url: string, settings: GatewaySettings): SubgraphTarget {
  const setting = keySettingOf(name);
  const keys = settings.envelopeKeys.get(setting);
  if (!keys) throw new Error(`The gateway's settings are wrong. ENVELOPE_KEYS_${setting}: missing`);
  const address = settings.addresses.get(name) ?? (settings.production ? undefined : url);
  if (!address) throw new Error(`The gateway's settings are wrong. SUBGRAPHS: no address for "${name}"`);
  return { name, address, keys };
}
