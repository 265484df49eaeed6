/** Ends a switch over a closed list: compiles only when every member was handled. */
export function exhaustive(value: never): never {
  throw new Error(`unhandled member of a closed list: ${JSON.stringify(value)}`);
}
