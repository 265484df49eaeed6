import type { Logger } from 'pino';

interface Step {
  readonly name: string;
  readonly close: () => Promise<unknown>;
  readonly withinMs: number;
}

/**
 * What a start has opened, closed in the opposite order: at the end of the service, or when the start fails half-way. A step
 * that fails or takes too long (a server that hangs) is logged and keeps nobody waiting.
 */
export class Shutdown {
  private readonly steps: Step[] = [];
  private ended: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  /** Says how to close what is about to be opened, and how long that may take, in milliseconds. */
  before(name: string, withinMs: number, close: () => Promise<unknown>): void {
    this.steps.push({ name, close, withinMs });
  }

  /** Closes everything; called again, waits for the same end. Never throws. */
  run(): Promise<void> {
    return (this.ended ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    for (const step of this.steps.reverse()) {
      try {
        await inTime(step);
      } catch (error) {
        this.logger.warn({ err: error, step: step.name }, 'could not be closed in good order');
      }
    }
  }
}

async function inTime({ name, close, withinMs }: Step): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took longer than ${withinMs} ms`)), withinMs);
  });
  try {
    await Promise.race([close(), late]);
  } finally {
    clearTimeout(timer);
  }
}
