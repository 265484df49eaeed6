import { newId } from '@graphdesk/contracts';
import { refuse, type Clock } from '@graphdesk/decisions';
import type { Actor } from '@graphdesk/identity';
import { CLOCK } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { Dismissed } from '../domain/suspect-changes.js';
import { dismiss, type SuspectSearch } from '../domain/suspect-search.js';
import { SuspectSearchesRepository } from '../persistence/suspect-searches.repository.js';
import { SuspicionsReader } from '../persistence/suspicions.reader.js';

/** Puts on record which changes were considered for an incident and are not suspected, so that people see why. */
@Injectable()
export class DismissChanges {
  constructor(
    private readonly reader: SuspicionsReader,
    private readonly searches: SuspectSearchesRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called in the transaction of the search, which holds its lock, after the suspects are linked. */
  async execute(actor: Actor, incidentId: string, found: readonly Dismissed[]): Promise<void> {
    const links = await this.reader.ofIncidents(actor, [incidentId]);
    const suspected = links.map(({ changeId }) => changeId);
    const now = this.clock.now();
    const [known] = await this.reader.searchesOf(actor, [incidentId]);
    if (known) {
      await this.searches.change(actor, known.id, (search) => dismiss(search, found, suspected, now));
      return;
    }
    const blank: SuspectSearch = { id: newId('suspectSearch'), incidentId, dismissed: [] };
    const first = dismiss(blank, found, suspected, now);
    if (!first.ok || first.facts.length === 0) return;
    const taken = refuse('SEARCHED_ALREADY', 'the incident has a search already');
    await this.searches.create(actor, { ...blank, ...first.changes }, first.facts, taken);
  }
}
