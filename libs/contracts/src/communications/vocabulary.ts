import { z } from 'zod';

/** What makes an update due. */
export const updateOccasionSchema = z.enum(['INVESTIGATING', 'ROLLING_BACK', 'RESOLVED']);
export type UpdateOccasion = z.infer<typeof updateOccasionSchema>;

/** For whom an update is written: those who fix it, those in the house whom it concerns, those who use the service. */
export const updateAudienceSchema = z.enum(['TECHNICAL', 'INTERNAL_STAKEHOLDERS', 'END_USERS']);
export type UpdateAudience = z.infer<typeof updateAudienceSchema>;

/** By which road somebody is told. */
export const channelSchema = z.enum(['EMAIL']);
export type NotificationChannel = z.infer<typeof channelSchema>;
