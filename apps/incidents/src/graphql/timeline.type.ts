import { Access, EVERY_INSIDER, TimelineEntry } from '@graphdesk/subgraph';
import { ObjectType } from '@nestjs/graphql';

@ObjectType('IncidentTimelineEntry', {
  implements: () => [TimelineEntry],
  description: 'One thing that happened to an incident; entries are only ever added.',
})
@Access(...EVERY_INSIDER)
export class TimelineEntryType extends TimelineEntry {}
