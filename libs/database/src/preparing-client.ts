import pg from 'pg';

/** Distinct statements that are prepared at most, per process; the server keeps each per connection. What comes later is sent whole. */
const LIMIT = 500;

const names = new Map<string, string>();

/**
 * A connection that has its statements prepared: the same text is parsed and planned once per connection and not each time, which is
 * most of what a short statement costs. Statements that ask for `*` are sent whole: a migration may change what that is.
 *
 * Behind a pooler that gives each transaction another connection (PgBouncer before 1.21) use `DATABASE_PREPARE=false`.
 */
export class PreparingClient extends pg.Client {
  // The overloads of `query` are the parent's; only a text with values is looked at.
  override query(...args: never[]): never {
    const [text, values, ...rest] = args as unknown[];
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const send = super.query.bind(this) as (...given: unknown[]) => never;
    return name ? send({ name, text, values }, ...rest) : send(...args);
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= LIMIT || /(select|returning|\.)\s*\*/i.test(text)) return known;
  const name = `graphdesk_${names.size + 1}`;
  names.set(text, name);
  return name;
}
