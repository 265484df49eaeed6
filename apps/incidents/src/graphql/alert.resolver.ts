import { Access, EVERY_INSIDER } from '@graphdesk/subgraph';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { AlertRecord } from '../persistence/alert.record.js';
import { AlertLabel, AlertType } from './alert.type.js';

@Resolver(() => AlertType)
export class AlertResolver {
  @ResolveField(() => [AlertLabel], { description: 'What identifies it at its source, by name.' })
  @Access(...EVERY_INSIDER)
  labels(@Parent() alert: AlertRecord): AlertLabel[] {
    return pairs(alert.labels);
  }

  @ResolveField(() => [AlertLabel], { description: 'What its source says about it, by name.' })
  @Access(...EVERY_INSIDER)
  annotations(@Parent() alert: AlertRecord): AlertLabel[] {
    return pairs(alert.annotations);
  }
}

function pairs(record: Readonly<Record<string, string>>): AlertLabel[] {
  return Object.entries(record)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
