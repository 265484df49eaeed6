import { newId } from '@graphdesk/contracts';
import type { Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { changeNumberIn, type Change } from '../domain/change.js';
import { openUnplannedChange, takesDeployments } from '../domain/deploy-change.js';
import { ChangesReader } from '../persistence/changes.reader.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import { KnownServicesReader } from '../projections/services/services.reader.js';
import { OpenChange } from './open-change.js';

/** What the search goes by. */
export interface DeploymentPlace {
  readonly serviceName: string;
  readonly environment: string;
  readonly reference: string;
  readonly changeReference: string | null;
}

/** Where something goes live, once its service is known. */
export type PlaceOfService = Pick<DeploymentPlace, 'environment' | 'reference'> & { readonly serviceId: string };

/** Finds the service and the change of a new deployment; opens an unplanned change when there is none. */
@Injectable()
export class FindChangeOfDeployment {
  constructor(
    private readonly reader: ChangesReader,
    private readonly changes: ChangesRepository,
    private readonly services: KnownServicesReader,
    private readonly openChange: OpenChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(
    actor: Actor,
    place: DeploymentPlace,
  ): Promise<{ readonly serviceId: string | null; readonly changeId: string | null }> {
    const named = await this.named(actor, place.changeReference);
    const service = await this.services.byKey(actor.tenantId, place.serviceName);
    const serviceId = service?.id ?? onlyServiceOf(named);
    if (named || serviceId === null) return { serviceId, changeId: named?.id ?? null };
    return { serviceId, changeId: await this.ofService(actor, { ...place, serviceId }) };
  }

  /** The change that waits for a deployment of this service, there; else an unplanned one, opened now. */
  async ofService(actor: Actor, place: PlaceOfService): Promise<string> {
    const awaiting = await this.reader.awaitingDeployment(actor, place.serviceId, place.environment);
    return (awaiting ?? (await this.openUnplanned(actor, place))).id;
  }

  /** The change a pipeline names, unless there is none or it is history. */
  private async named(actor: Actor, reference: string | null): Promise<Change | null> {
    const number = reference === null ? null : changeNumberIn(reference);
    const change = number === null ? null : await this.reader.byNumber(actor, number);
    return change && takesDeployments(change) ? change : null;
  }

  private async openUnplanned(actor: Actor, place: PlaceOfService): Promise<Change> {
    const identity = { id: newId('change'), number: await this.changes.nextNumber(actor), originId: actor.id };
    return this.openChange.execute(actor, openUnplannedChange(place, identity, this.clock.now()));
  }
}

/** A named change that touches one service says which one it is, whatever the pipeline calls it. */
function onlyServiceOf(change: Change | null): string | null {
  return change?.serviceIds.length === 1 ? (change.serviceIds[0] ?? null) : null;
}
