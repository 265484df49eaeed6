import { createHash } from 'node:crypto';
import type { ChannelKind } from '../domain/vocabulary.js';

/** The identity of a notification: the same four make the same key, so nobody can be told twice by making it again. */
export function notificationKey(
  tenantId: string,
  updateId: string,
  subscriberId: string,
  channel: ChannelKind,
): string {
  return createHash('sha256').update([tenantId, updateId, subscriberId, channel].join('\n')).digest('hex');
}
