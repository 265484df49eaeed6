import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether `header` (`sha256=<hex>`) is the HMAC-SHA-256 of the raw body under the secret. Compared in constant time; a malformed header
 * takes as long as a wrong one.
 */
export function isSignedBy(secret: string, body: Uint8Array, header: string | undefined): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  const given = Buffer.from(hex ?? '0'.repeat(64), 'hex');
  return timingSafeEqual(expected, given) && hex !== undefined;
}
