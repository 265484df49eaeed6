export * from './vocabulary.js';
export * from './sla-clock-started.v1.js';
export * from './sla-clock-paused.v1.js';
export * from './sla-clock-resumed.v1.js';
export * from './sla-clock-retargeted.v1.js';
export * from './sla-clock-stopped.v1.js';
export * from './sla-clock-canceled.v1.js';
export * from './sla-policy-revised.v1.js';
