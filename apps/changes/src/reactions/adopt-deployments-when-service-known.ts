import { serviceRegisteredV1, serviceUpdatedV1, type EventOf } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AdoptDeployments } from '../use-cases/adopt-deployments.js';

/** The catalog's news may come after the pipeline's: what was deployed is then of a service that nobody knew. */
@Injectable()
export class AdoptDeploymentsWhenServiceKnown implements Reacts {
  constructor(private readonly adoptDeployments: AdoptDeployments) {}

  readonly reactions = [
    reaction(serviceRegisteredV1, (event) => this.adopt(event)),
    reaction(serviceUpdatedV1, (event) => this.adopt(event)),
  ];

  private async adopt(event: EventOf<{ readonly key: string }>): Promise<void> {
    const service = { id: event.subject, key: event.data.key };
    await this.adoptDeployments.execute(systemActor('changes', event.tenantid), service);
  }
}
