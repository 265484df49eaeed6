import { prioritySchema } from '@graphdesk/contracts';
import { enumOf } from './enum-of.js';

/** Business priority: one type for every service that shows one. */
export const PriorityEnum = enumOf('Priority', prioritySchema.options, 'Business priority; P1 is the highest.');
