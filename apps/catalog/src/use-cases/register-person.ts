import { isId, newId } from '@graphdesk/contracts';
import { refuse, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { forbids } from '../domain/catalog-permissions.js';
import { faultOfName } from '../domain/catalog-texts.js';
import { CatalogReader } from '../persistence/catalog.reader.js';
import { PeopleRepository } from '../persistence/people.repository.js';
import type { PersonRecord } from '../persistence/person.record.js';

export type RegisterPersonRefusal =
  | 'INVALID_INPUT'
  | 'UNKNOWN_TENANT'
  | 'NOT_ALLOWED'
  | 'INVALID_ID'
  | 'INVALID_EMAIL'
  | 'PERSON_EXISTS'
  | 'UNKNOWN_REFERENCE';

/** What is asked for; `id` is given when an identity provider already puts one into tokens as their subject. */
export interface NewPerson {
  readonly id: string | null;
  readonly name: string;
  readonly email: string;
  readonly teamIds: readonly string[];
}

@Injectable()
export class RegisterPerson {
  constructor(
    private readonly people: PeopleRepository,
    private readonly reader: CatalogReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, input: NewPerson): Promise<Outcome<PersonRecord, RegisterPersonRefusal>> {
    const forbidden = forbids('register-person', actor.roles);
    if (forbidden) return forbidden;
    const fault = faultOfName(input.name) ?? (await this.reader.unknownTenant(actor));
    if (fault) return fault;
    const id = input.id ?? newId('person');
    if (!isId('person', id)) return refuse('INVALID_ID', 'a person id is per_ and 26 characters', { path: ['id'] });
    const email = input.email.toLowerCase();
    if (!/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email))
      return refuse('INVALID_EMAIL', 'not an e-mail address', { path: ['email'] });
    const teams = await this.reader.teamsByIds(actor, input.teamIds);
    const unknown = input.teamIds.find((teamId) => !teams.some((team) => team.id === teamId));
    if (unknown) return refuse('UNKNOWN_REFERENCE', `there is no ${unknown}`, { path: ['teamIds'] });
    return this.people.create(
      actor,
      { id, name: input.name, email, teamIds: [...input.teamIds] },
      [{ kind: 'person-registered', at: this.clock.now() }],
      refuse('PERSON_EXISTS', 'somebody has this id or e-mail address already', { path: ['email'] }),
    );
  }
}
