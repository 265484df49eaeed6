import { incidentReportedV1 } from '@graphdesk/contracts';
import { systemActor } from '@graphdesk/identity';
import { reaction, type Reacts } from '@graphdesk/messaging';
import { Injectable } from '@nestjs/common';
import { NoteRecurrence } from '../use-cases/note-recurrence.js';

/** Runs after the projector of incidents, in the same transaction: the incident is known by then. Imports are history: they propose nothing. */
@Injectable()
export class NoteRecurrenceWhenIncidentReported implements Reacts {
  constructor(private readonly noting: NoteRecurrence) {}

  readonly reactions = [
    reaction(incidentReportedV1, async (event) => {
      if (event.data.origin === 'IMPORT') return;
      await this.noting.execute(systemActor('problems', event.tenantid), event.subject);
    }),
  ];
}
