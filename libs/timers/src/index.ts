export { armTimers } from './arm-timers.js';
export {
  FIRING_LIMIT_MS,
  fireTimer,
  type AfterCommit,
  type FiringStep,
  type HandlesTimers,
  type TimerHandler,
} from './fire-timer.js';
export { timerTable } from './tables.js';
export { TimerEngine } from './timer-engine.js';
export { CRASHED_S, RETRY_S, TimerStore, type ClaimedTimer } from './timer-store.js';
