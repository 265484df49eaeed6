const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs `action` at a time given in milliseconds since 1970, also when that is further away than one timer reaches. */
export function atDeadline(time: number, action: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const left = time - Date.now();
    timer = setTimeout(() => (left > LONGEST_TIMER_MS ? arm() : action()), Math.min(left, LONGEST_TIMER_MS));
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
