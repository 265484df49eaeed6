import { serviceRegisteredV1, serviceUpdatedV1, tenantRegisteredV1, tenantUpdatedV1 } from '@graphdesk/contracts';
import { reaction, type Reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { AdoptIncidents } from '../use-cases/adopt-incidents.js';

/** When the catalog names an accountable person or a service-desk lead, incidents without an owner get one. */
@Injectable()
export class AdoptIncidentsWhenSomebodyIsNamed implements Reacts {
  readonly reactions: readonly Reaction[];

  constructor(adoptIncidents: AdoptIncidents) {
    const adopt = ({ tenantid }: { readonly tenantid: string }): Promise<void> => adoptIncidents.execute(tenantid);
    this.reactions = [
      reaction(serviceRegisteredV1, adopt),
      reaction(serviceUpdatedV1, adopt),
      reaction(tenantRegisteredV1, adopt),
      reaction(tenantUpdatedV1, adopt),
    ];
  }
}
