import { appendFileSync, closeSync, fdatasyncSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation, Outcome, Received } from './history.js';

type Invocation = Omit<Operation, 'outcome' | 'answered' | 'code'>;
type Completion = Pick<Operation, 'answered' | 'code'> & { readonly outcome: Outcome };

/**
 * What a run writes down, one line of JSON each: `operations.jsonl` (synced to disk before an operation is sent and after its
 * answer), `<subscriber>.jsonl`, `faults.jsonl`, and at the end `books.json` and `violations.json`.
 */
export class Journal {
  private readonly file: number;
  private readonly open = new Map<string, Operation>();

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = openSync(join(folder, 'operations.jsonl'), 'a');
  }

  /** Every operation so far. */
  get operations(): readonly Operation[] {
    return [...this.open.values()];
  }

  /** Before it is sent. */
  invoke(operation: Invocation): void {
    this.open.set(operation.id, { ...operation, outcome: null, answered: null, code: null });
    this.write({ invoke: operation });
  }

  /** After it was answered, or not. */
  complete(id: string, completion: Completion): void {
    const operation = this.open.get(id);
    if (operation) this.open.set(id, { ...operation, ...completion });
    this.write({ complete: id, ...completion });
  }

  received(subscriber: string, message: Received): void {
    this.note(`${subscriber}.jsonl`, message);
  }

  fault(fault: Readonly<Record<string, unknown>>): void {
    this.note('faults.jsonl', fault);
  }

  /** Keeps a whole document. */
  keep(name: string, document: unknown): void {
    writeFileSync(join(this.folder, name), JSON.stringify(document, undefined, 1));
  }

  close(): void {
    closeSync(this.file);
  }

  private write(line: object): void {
    writeSync(this.file, `${JSON.stringify({ at: new Date(), ...line })}\n`);
    fdatasyncSync(this.file);
  }

  private note(name: string, line: object): void {
    appendFileSync(join(this.folder, name), `${JSON.stringify({ at: new Date(), ...line })}\n`);
  }
}
