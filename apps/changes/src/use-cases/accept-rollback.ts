import { newId } from '@graphdesk/contracts';
import { TenantDatabase } from '@graphdesk/database';
import { refuse, unchanged, type Clock, type Outcome } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangesRefusal } from '../domain/changes-refusals.js';
import { openRollback } from '../domain/roll-back-change.js';
import { accept } from '../domain/rollback-suggestion.js';
import { ChangesRepository } from '../persistence/changes.repository.js';
import type { RollbackSuggestionRecord } from '../persistence/rollback-suggestion.record.js';
import { RollbackSuggestionsRepository } from '../persistence/rollback-suggestions.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';
import { KnownIncidentsReader } from '../projections/incidents/incidents.reader.js';
import { OpenChange } from './open-change.js';

/** A person accepts a suggestion, or once more after a failure: in the same transaction the rollback becomes a change of its own. */
@Injectable()
export class AcceptRollback {
  constructor(
    private readonly database: TenantDatabase,
    private readonly reader: SuspicionsReader,
    private readonly suggestions: RollbackSuggestionsRepository,
    private readonly changes: ChangesRepository,
    private readonly incidents: KnownIncidentsReader,
    private readonly openChange: OpenChange,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(actor: Actor, id: string): Promise<Outcome<RollbackSuggestionRecord, ChangesRefusal>> {
    return this.database.transaction(actor.tenantId, async () => {
      const [known] = await this.reader.suggestionsByIds(actor, [id]);
      if (!known) return refuse('NOT_FOUND', `there is no ${id}`);
      // The change is locked first: of two suggestions about one change, for two incidents, one is accepted.
      const original = await this.changes.change(actor, known.changeId, () => unchanged());
      if (!original.ok) throw new Error(`${id} is about a change that does not exist`);
      const elsewhere = await this.isTakenBackElsewhere(actor, known);
      const changeId = newId('change');
      const now = this.clock.now();
      const incidentOver = await this.isIncidentOver(actor, known);
      const rollback = { changeId, elsewhere, incidentOver };
      const accepted = await this.suggestions.change(actor, id, (s) => accept(s, rollback, actor, now));
      if (!accepted.ok) return accepted;
      const number = await this.changes.nextNumber(actor);
      const identity = { id: changeId, number, incidentId: known.incidentId, acceptedBy: actor.id };
      await this.openChange.execute(actor, openRollback(original.value, identity, now));
      return accepted;
    });
  }

  private async isIncidentOver(actor: Actor, { incidentId }: RollbackSuggestionRecord): Promise<boolean> {
    const incident = await this.incidents.byId(actor.tenantId, incidentId);
    return incident?.state === 'CLOSED' || incident?.state === 'CANCELED';
  }

  private async isTakenBackElsewhere(actor: Actor, suggestion: RollbackSuggestionRecord): Promise<boolean> {
    const all = await this.reader.suggestionsForChange(actor, suggestion.changeId);
    return all.some(({ id, state }) => id !== suggestion.id && (state === 'RUNNING' || state === 'SUCCEEDED'));
  }
}
