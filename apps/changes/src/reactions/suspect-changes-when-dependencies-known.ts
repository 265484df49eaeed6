import { serviceRegisteredV1, serviceUpdatedV1, type EventOf } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { SuspectChanges } from '../use-cases/suspect-changes.js';

/** The catalog's news may come after the incident's: what a service needs is then known too late for the first look. */
@Injectable()
export class SuspectChangesWhenDependenciesKnown implements Reacts {
  constructor(private readonly suspectChanges: SuspectChanges) {}

  readonly reactions = [
    reaction(serviceRegisteredV1, (event) => this.lookAgain(event)),
    reaction(serviceUpdatedV1, (event) => this.lookAgain(event)),
  ];

  private async lookAgain(event: EventOf<{ readonly dependsOn: readonly string[] }>): Promise<void> {
    if (event.data.dependsOn.length === 0) return;
    await this.suspectChanges.forService(systemActor('changes', event.tenantid), event.subject);
  }
}
