export { decide, refuse, unchanged, type Accepted, type Decision, type Outcome, type Refused } from './decision.js';
export { allowedMoves, canMove, type Lifecycle } from './lifecycle.js';
export { exhaustive } from './exhaustive.js';
export { systemClock, type Clock } from './clock.js';
export { isStorable } from './text.js';
export { asksFor, type DueWork } from './due-work.js';
