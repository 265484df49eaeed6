export * from './vocabulary.js';
export * from './problem-proposed.v1.js';
export * from './problem-registered.v1.js';
export * from './problem-incident-linked.v1.js';
export * from './problem-moved.v1.js';
export * from './known-error-recorded.v1.js';
export * from './workaround-recorded.v1.js';
export * from './problem-closed.v1.js';
