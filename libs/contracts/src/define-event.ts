import type { z } from 'zod';

/** The contract of one event in one version: what it is called, whose it is, and the shape of its payload. */
export interface EventContract<Schema extends z.ZodType = z.ZodType> {
  /** `graphdesk.<service>.<name>.v<version>` */
  readonly type: string;
  readonly service: string;
  readonly aggregateType: string;
  /** Past tense, kebab-case: `incident-reported`. */
  readonly name: string;
  readonly version: number;
  readonly schema: Schema;
}

/** The payload type of a contract. */
export type DataOf<Contract extends EventContract> = z.infer<Contract['schema']>;

/** Declares an event. Adding an optional payload field stays in the version; anything else is a new file with a new version. */
export function defineEvent<Schema extends z.ZodType>(
  declared: Omit<EventContract<Schema>, 'type'>,
): EventContract<Schema> {
  return { ...declared, type: `graphdesk.${declared.service}.${declared.name}.v${declared.version}` };
}
