import { newId } from '@graphdesk/contracts';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfName } from '../domain/catalog-texts.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import type { TeamRecord } from '../persistence/team.record.js';
import { TeamsRepository } from '../persistence/teams.repository.js';

export type RegisterTeamRefusal = 'NOT_ALLOWED' | 'INVALID_INPUT' | 'UNKNOWN_TENANT' | 'NAME_TAKEN';

@Injectable()
export class RegisterTeam {
  constructor(
    private readonly teams: TeamsRepository,
    private readonly reader: CatalogReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, name: string): Promise<Outcome<TeamRecord, RegisterTeamRefusal>> {
    const forbidden = forbids('register-team', actor.roles);
    if (forbidden) return forbidden;
    const fault = faultOfName(name) ?? (await this.reader.unknownTenant(actor));
    if (fault) return fault;
    return this.teams.create(
      actor,
      { id: newId('team'), name },
      [{ kind: 'team-registered', at: this.clock.now() }],
      refuse('NAME_TAKEN', `there is a team ${name} already`, { path: ['name'] }),
    );
  }
}
