import { freePort as find } from '../../../tools/environment/free-port.mjs';

/** A TCP port on 127.0.0.1 nobody listens on. */
export async function freePort(): Promise<number> {
  return find();
}
