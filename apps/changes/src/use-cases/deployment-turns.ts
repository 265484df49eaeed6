import { Injectable } from '@nestjs/common';

/**
 * Reports of one tenant's deployments are taken one after another anyway, because each holds the lock of the search. Here they wait for
 * their turn before they take a connection: a burst of them neither runs into the lock's time limit nor keeps the other requests waiting.
 */
@Injectable()
export class DeploymentTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` once all earlier work of the tenant has ended, well or not. Never call it from within `work`. */
  take<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(tenantId) ?? Promise.resolve()).then(work);
    const ended = turn.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(tenantId, ended);
    void ended.then(() => {
      if (this.last.get(tenantId) === ended) this.last.delete(tenantId);
    });
    return turn;
  }
}
