import { typeid } from 'typeid-js';

/** The type prefix of every id in the graph: the type of a thing can be read from its id. */
export const ID_PREFIXES = {
  tenant: 'ten',
  service: 'svc',
  team: 'team',
  person: 'per',
  partner: 'par',
  incident: 'inc',
  alert: 'alr',
  actionItem: 'act',
  intakeSource: 'src',
  slaClock: 'clk',
  slaPolicy: 'slp',
  change: 'chg',
  deployment: 'dep',
  suspectedChange: 'sus',
  suspectSearch: 'srh',
  rollbackSuggestion: 'rbs',
  problem: 'prb',
  stakeholderUpdate: 'upd',
  subscriber: 'sub',
  notification: 'ntf',
  event: 'evt',
} as const;

/** A kind of thing that has an id. */
export type IdKind = keyof typeof ID_PREFIXES;

/** A new TypeID: the kind's prefix, an underscore and a UUIDv7 in 26 base32 characters, so ids sort by creation time. */
export function newId(kind: IdKind): string {
  return typeid(ID_PREFIXES[kind]).toString();
}

/** Whether `text` is an id of that kind. Says nothing about whether the thing exists. */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`).test(text);
}
