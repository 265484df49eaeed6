/** Named places where tests may crash a process. */
export type Failpoint = 'relay.before-publish' | 'relay.after-ack' | 'consumer.after-commit';

const [armed, nth = '1'] = (process.env['NODE_ENV'] === 'production' ? '' : (process.env['FAIL_AT'] ?? '')).split('#');
let passed = 0;

/** Ends the process as SIGKILL would, the nth time this place is passed, if the setting `FAIL_AT=<place>#<n>` says so. Never in production. */
export function failpoint(place: Failpoint): void {
  if (armed !== place) return;
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
