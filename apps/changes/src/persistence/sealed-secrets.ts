import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;

/**
 * Seals webhook secrets for storage: AES-256-GCM with the key of the setting SECRETS_KEY (32 bytes in base64), bound to the id of
 * the source, so a sealed secret copied to another row does not open.
 */
@Injectable()
export class SealedSecrets {
  seal(secret: string, sourceId: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, secretsKey(), iv).setAAD(Buffer.from(sourceId));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const parts = [iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
    return ['v1', ...parts].join('.');
  }

  /** Throws when the key or the source is another one, or the text was altered. */
  open(text: string, sourceId: string): string {
    const [version, iv, sealed, tag] = text.split('.');
    if (version !== 'v1' || !iv || !sealed || !tag) throw new Error(`the secret of ${sourceId} is not sealed as v1`);
    const decipher = createDecipheriv(ALGORITHM, secretsKey(), Buffer.from(iv, 'base64url'))
      .setAAD(Buffer.from(sourceId))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return decipher.update(sealed, 'base64url', 'utf8') + decipher.final('utf8');
  }
}

/** The sealing key; throws when the setting is missing or has another length. Read at each use: the schema is printed without it. */
export function secretsKey(environment: NodeJS.ProcessEnv = process.env): Buffer {
  const key = Buffer.from(environment['SECRETS_KEY'] ?? '', 'base64');
  if (key.length !== 32) throw new Error('settings: SECRETS_KEY: must be 32 bytes in base64');
  return key;
}
