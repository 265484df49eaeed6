import { TenantDatabase } from '@graphdesk/database';
import type { Clock, Outcome, Refused } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { WebhookDeliveriesRepository } from '../persistence/webhook-deliveries.repository.js';
import { DeploymentTurns } from './deployment-turns.js';
import { RecordDeployment, type DeploymentReport } from './record-deployment.js';

/** What became of a webhook's delivery. */
export type DeliveryOutcome =
  | { readonly outcome: 'RECORDED'; readonly deploymentId: string; readonly state: string }
  | { readonly outcome: 'REPEATED' };

/** Takes a webhook's delivery once: its mark and its effect commit together. */
@Injectable()
export class ReceiveDelivery {
  constructor(
    private readonly database: TenantDatabase,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly recordDeployment: RecordDeployment,
    private readonly turns: DeploymentTurns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A refusal leaves no mark, so the same delivery may succeed later. */
  async execute(
    source: { readonly id: string; readonly tenantId: string },
    deliveryId: string,
    report: Omit<DeploymentReport, 'origin'>,
  ): Promise<Outcome<DeliveryOutcome, ChangesRefusal>> {
    const actor: Actor = { id: source.id, tenantId: source.tenantId, roles: ['integration'] };
    try {
      const take = (): Promise<DeliveryOutcome> => this.take(actor, deliveryId, { ...report, origin: source.id });
      return { ok: true, value: await this.turns.take(actor.tenantId, take) };
    } catch (error) {
      if (error instanceof RefusedReport) return error.refused;
      throw error;
    }
  }

  private async take(actor: Actor, deliveryId: string, report: DeploymentReport): Promise<DeliveryOutcome> {
    return this.database.transaction(actor.tenantId, async () => {
      const taken = await this.deliveries.take(actor, report.origin, deliveryId, this.clock.now());
      if (!taken) return { outcome: 'REPEATED' };
      const recorded = await this.recordDeployment.inTurn(actor, report);
      if (!recorded.ok) throw new RefusedReport(recorded);
      return { outcome: 'RECORDED', deploymentId: recorded.value.id, state: recorded.value.state };
    });
  }
}

/** Rolls the transaction back, mark included. */
class RefusedReport extends Error {
  constructor(readonly refused: Refused<ChangesRefusal>) {
    super(refused.message);
  }
}
