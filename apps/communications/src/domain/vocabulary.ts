/** What makes an update due. */
export const OCCASIONS = ['INVESTIGATING', 'ROLLING_BACK', 'RESOLVED'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** For whom an update is written. */
export const AUDIENCES = ['TECHNICAL', 'INTERNAL_STAKEHOLDERS', 'END_USERS'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Where an update stands. */
export const UPDATE_STATES = ['DRAFT', 'APPROVED', 'SENT', 'DISCARDED'] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

/** By which road somebody is told. */
export const CHANNELS = ['EMAIL'] as const;
export type ChannelKind = (typeof CHANNELS)[number];

/** Where a notification stands. */
export const NOTIFICATION_STATES = ['PENDING', 'CLAIMED', 'SENT', 'DELIVERED', 'FAILED'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** Business priority of an incident. */
export type Priority = 'P1' | 'P2' | 'P3' | 'P4';

/** How far an incident is, as far as telling people goes: worked on, provisionally good, or finally over. */
export type IncidentPhase = 'OPEN' | 'RESOLVED' | 'OVER';
