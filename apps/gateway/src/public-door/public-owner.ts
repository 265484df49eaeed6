import { readFileSync } from 'node:fs';
import { z } from 'zod';

const declaredSchema = z.record(
  z.string(),
  z.object({ port: z.int(), public: z.array(z.string().regex(/^\/(hooks|public)(\/[a-z0-9-]+)+$/)) }),
);

/** Path prefix -> the subgraph that answers there, as declared in `apps/gateway/subgraphs.json`. */
export type PublicPaths = ReadonlyMap<string, string>;

/** Reads the declared public paths. Throws when two subgraphs claim the same prefix. */
export function readPublicPaths(file: URL = new URL('../../subgraphs.json', import.meta.url)): PublicPaths {
  const paths = new Map<string, string>();
  for (const [name, declared] of Object.entries(declaredSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))) {
    for (const prefix of declared.public) {
      if (paths.has(prefix)) throw new Error(`${prefix} is claimed by ${paths.get(prefix)} and by ${name}`);
      paths.set(prefix, name);
    }
  }
  return paths;
}

const PLAIN_PATH = /^(\/[A-Za-z0-9._~-]+)+\/?$/;

/** The subgraph with the longest prefix of whole path segments; undefined for none, and for a path with tricks in it. */
export function publicOwner(path: string, paths: PublicPaths): string | undefined {
  if (!PLAIN_PATH.test(path) || /\/\.\.?(\/|$)/.test(path)) return undefined;
  const matching = [...paths.keys()].filter((prefix) => path === prefix || path.startsWith(`${prefix}/`));
  const longest = matching.sort((a, b) => b.length - a.length)[0];
  return longest && paths.get(longest);
}
