import { Access, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('IncidentTimelineEntry', {
  description: 'One thing that happened to an incident; entries are only ever added.',
})
@Access(...EVERY_INSIDER)
export class TimelineEntryType {
  @Field(() => ID, { description: 'The id of the event that told of it.' })
  id!: string;

  @Field(() => Int, { description: 'The revision of the incident that it made.' })
  revision!: number;

  @Field({ description: 'What happened, such as INCIDENT_RESOLVED.' })
  kind!: string;

  @Field()
  at!: Date;

  @Field({ description: "A person's id, or system:<service>." })
  actorId!: string;

  @Field({ description: 'One line for people.' })
  text!: string;
}
