/** Named places where tests may crash a process. */
export type Failpoint =
  | 'relay.before-publish'
  | 'relay.after-ack'
  | 'consumer.before-commit'
  | 'consumer.after-commit'
  | 'rebuild.replaying'
  | 'rebuild.before-commit'
  | 'timers.after-claim'
  | 'timers.before-commit'
  | 'timers.after-commit'
  | 'delivery.before-send'
  | 'delivery.before-record';

/** Bugs that tests may plant, to see that the tests would notice them. */
export type PlantedBug =
  | 'ack-before-commit'
  | 'mark-before-publish'
  | 'inbox-in-another-transaction'
  | 'out-of-order-publish'
  | 'cursor-hand-over-hole';

const inTests = process.env['NODE_ENV'] !== 'production';
const [armed, nth = '1'] = (inTests ? (process.env['FAIL_AT'] ?? '') : '').split('#');
const plantedBug = inTests ? process.env['PLANTED_BUG'] : undefined;
let passed = 0;

/** Ends the process as SIGKILL would, the nth time this place is passed, if the setting `FAIL_AT=<place>#<n>` says so. Never in production. */
export function failpoint(place: Failpoint): void {
  if (armed !== place) return;
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

/** Whether the setting `PLANTED_BUG` asks for this bug. Never in production. */
export function planted(bug: PlantedBug): boolean {
  return plantedBug === bug;
}
