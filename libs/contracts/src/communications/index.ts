export * from './vocabulary.js';
export * from './update-drafted.v1.js';
export * from './update-edited.v1.js';
export * from './update-approved.v1.js';
export * from './update-discarded.v1.js';
