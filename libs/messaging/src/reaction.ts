import type { DataOf, EventContract, EventOf } from '@graphdesk/contracts';
import type { RecordClass } from '@graphdesk/database';
import type { EntityManager } from 'typeorm';

/** What a service does about an event of another service. Runs in the transaction that marks the event as applied. */
export interface Reaction {
  readonly contract: EventContract;
  readonly handle: (event: EventOf<unknown>, tx: EntityManager) => Promise<void>;
}

/** A class that reacts or projects: what it listens to, as a list. */
export interface Reacts {
  readonly reactions: readonly Reaction[];
  /**
   * A projector names the tables that it fills: what they hold follows from the events alone and from nothing else, so that a rebuild
   * may fill them anew. Its reactions write these tables through the given transaction, read no others, and cause nothing.
   */
  readonly projects?: readonly RecordClass[];
}

/** Binds a handler to a contract, typed by the contract's payload. Several reactions to one event run in the order given. */
export function reaction<Contract extends EventContract>(
  contract: Contract,
  handle: (event: EventOf<DataOf<Contract>>, tx: EntityManager) => Promise<void>,
): Reaction {
  return {
    contract,
    handle: (event, tx) => handle({ ...event, data: contract.schema.parse(event.data) as DataOf<Contract> }, tx),
  };
}
