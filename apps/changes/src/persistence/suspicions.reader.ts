import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { Injectable } from '@nestjs/common';
import { In, type FindOptionsWhere } from 'typeorm';
import { seesChanges } from '../domain/visibility.js';
import { RollbackSuggestionRecord } from './rollback-suggestion.record.js';
import { SuspectSearchRecord } from './suspect-search.record.js';
import { SuspectedChangeRecord } from './suspected-change.record.js';

/** Every query of suspicions and rollback suggestions, each with its visibility. */
@Injectable()
export class SuspicionsReader {
  constructor(private readonly database: TenantDatabase) {}

  async byIds(actor: Actor, ids: readonly string[]): Promise<SuspectedChangeRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) => tx.findBy(SuspectedChangeRecord, { id: In([...ids]) }));
  }

  /** The suspects of incidents, the most suspect first. */
  async ofIncidents(actor: Actor, incidentIds: readonly string[]): Promise<SuspectedChangeRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(SuspectedChangeRecord, {
        where: { incidentId: In([...incidentIds]) },
        order: { points: 'DESC', id: 'ASC' },
      }),
    );
  }

  /** What was passed over for incidents. */
  async searchesOf(actor: Actor, incidentIds: readonly string[]): Promise<SuspectSearchRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.findBy(SuspectSearchRecord, { incidentId: In([...incidentIds]) }),
    );
  }

  suggestionsByIds(actor: Actor, ids: readonly string[]): Promise<RollbackSuggestionRecord[]> {
    return this.suggestions(actor, { id: In([...ids]) });
  }

  suggestionsOf(actor: Actor, suspectedChangeIds: readonly string[]): Promise<RollbackSuggestionRecord[]> {
    return this.suggestions(actor, { suspectedChangeId: In([...suspectedChangeIds]) });
  }

  suggestionsForIncident(actor: Actor, incidentId: string): Promise<RollbackSuggestionRecord[]> {
    return this.suggestions(actor, { incidentId });
  }

  suggestionsForChange(actor: Actor, changeId: string): Promise<RollbackSuggestionRecord[]> {
    return this.suggestions(actor, { changeId });
  }

  async suggestionOfRollback(actor: Actor, rollbackChangeId: string): Promise<RollbackSuggestionRecord | null> {
    const [suggestion] = await this.suggestions(actor, { rollbackChangeId });
    return suggestion ?? null;
  }

  private async suggestions(
    actor: Actor,
    where: FindOptionsWhere<RollbackSuggestionRecord>,
  ): Promise<RollbackSuggestionRecord[]> {
    if (!seesChanges(actor)) return [];
    return this.database.transaction(actor.tenantId, (tx) =>
      tx.find(RollbackSuggestionRecord, { where, order: { id: 'ASC' } }),
    );
  }
}
