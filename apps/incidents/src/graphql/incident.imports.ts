import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, mutationError } from '@graphdesk/subgraph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { ImportedEntry, ImportedIncident } from '../domain/imported-incident.js';
import { ImportIncidents } from '../use-cases/import-incidents.js';
import { ImportedEntryInput, ImportedIncidentInput } from './import.inputs.js';
import { importedIncident, ImportIncidentsPayload } from './import.payloads.js';

@Resolver()
export class IncidentImports {
  constructor(private readonly importing: ImportIncidents) {}

  @Mutation(() => ImportIncidentsPayload, {
    description:
      'Takes incidents of another system with their whole history at its original times, 50 at most. What is here already is not ' +
      'imported twice. Clocks are computed; nobody is told.',
  })
  @Access('admin')
  async importIncidents(
    @CurrentActor() actor: Actor,
    @Args('system', { description: 'What the other system is called, such as servicenow.' }) system: string,
    @Args('incidents', { type: () => [ImportedIncidentInput] }) incidents: ImportedIncidentInput[],
  ): Promise<ImportIncidentsPayload> {
    const outcome = await this.importing.execute(actor, system, incidents.map(incidentOf));
    if (!outcome.ok) return { results: [], errors: [mutationError(outcome)] };
    return { results: outcome.value.map(importedIncident), errors: [] };
  }
}

function incidentOf({
  serviceId = null,
  reporterId = null,
  openedById = null,
  ...input
}: ImportedIncidentInput): ImportedIncident {
  return { ...input, serviceId, reporterId, openedById, entries: input.entries.map(entryOf) };
}

function entryOf(input: ImportedEntryInput): ImportedEntry {
  const { onHoldReason = null, ownerId = null, teamId = null, actorId = null, notes = null } = input;
  const { resolutionCode = null, resolvedById = null, at, state, impact, urgency, reference } = input;
  const people = { ownerId, teamId, actorId, resolvedById };
  return { at, state, onHoldReason, impact, urgency, ...people, resolutionCode, notes, reference };
}
