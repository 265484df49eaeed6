import type { Actor } from '@graphdesk/identity';
import { Access, CurrentActor, EVERY_INSIDER, PriorityEnum } from '@graphdesk/subgraph';
import { Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { LEVELS, type Level, type Priority } from '../domain/vocabulary.js';
import { PriorityMatrixReader } from '../persistence/priority-matrix.reader.js';
import { LevelEnum } from './incident.enums.js';

@ObjectType({ description: 'Impact and urgency, and the priority that they give.' })
@Access(...EVERY_INSIDER)
export class PriorityMatrixCell {
  @Field(() => LevelEnum)
  impact!: Level;

  @Field(() => LevelEnum)
  urgency!: Level;

  @Field(() => PriorityEnum)
  priority!: Priority;
}

@ObjectType('PriorityMatrix', {
  description: 'The tables that were agreed before anything burns: the version in force.',
})
@Access(...EVERY_INSIDER)
export class PriorityMatrixType {
  @Field(() => Int, { description: 'Each incident keeps the version that gave its priority.' })
  version!: number;

  @Field(() => [PriorityMatrixCell])
  cells!: PriorityMatrixCell[];
}

@Resolver(() => PriorityMatrixType)
export class PriorityMatrixResolver {
  constructor(private readonly matrices: PriorityMatrixReader) {}

  @Query(() => PriorityMatrixType, { description: 'How impact and urgency give priority in this tenant.' })
  @Access(...EVERY_INSIDER)
  async priorityMatrix(@CurrentActor() actor: Actor): Promise<PriorityMatrixType> {
    const { version, cells } = await this.matrices.inForce(actor.tenantId);
    const rows = LEVELS.flatMap((impact) =>
      LEVELS.map((urgency) => ({ impact, urgency, priority: cells[impact][urgency] })),
    );
    return { version, cells: rows };
  }
}
