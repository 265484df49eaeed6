import pg from 'pg';

/** A statement as it was sent. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Every SQL statement that this process sends while `work` runs, in order: for specs that count them. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const statements: Statement[] = [];
  const original = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown;
  const listening = function (this: pg.Client, ...args: unknown[]): unknown {
    const [sent, values] = args;
    if (typeof sent === 'string') statements.push({ text: sent, values: (values as unknown[] | undefined) ?? [] });
    else if (isStatement(sent)) statements.push({ text: sent.text, values: sent.values ?? [] });
    return Reflect.apply(original, this, args);
  };
  Reflect.set(pg.Client.prototype, 'query', listening);
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', original);
  }
  return statements;
}

function isStatement(sent: unknown): sent is { text: string; values?: unknown[] } {
  return typeof sent === 'object' && sent !== null && 'text' in sent && typeof sent.text === 'string';
}
