import { z } from 'zod';
import { emailAddress } from '../domain/email-address.js';

/** How mail is sent. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte (smtps). `required`: STARTTLS or nothing. `optional`: STARTTLS where the server offers it. */
  readonly tls: 'implicit' | 'required' | 'optional';
  readonly auth: { readonly user: string; readonly pass: string } | null;
  /** The sender, as people see it and as bounces find it. */
  readonly from: { readonly name: string; readonly address: string };
  /** Longest time of one try, in milliseconds. */
  readonly timeoutMs: number;
}

const settingsSchema = z.object({
  NODE_ENV: z.string().default('development'),
  /** `smtp://` or `smtps://`, with user and password where the server wants them; `?tls=optional` or `?tls=required` on smtp. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }),
  /** `Name <address>` or an address. */
  MAIL_FROM: z.string().transform(parseSender),
  MAIL_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(20_000),
});

const NAMES = ['SMTP_URL', 'MAIL_FROM', 'MAIL_TIMEOUT_MS'] as const;

/**
 * Reads the settings of mail; null when none is set, and then nothing can be sent. Throws one error that names every fault, and no
 * value.
 */
export function readMailSettings(environment: NodeJS.ProcessEnv): MailSettings | null {
  if (NAMES.every((name) => !environment[name])) return null;
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = settingsSchema.safeParse(given);
  if (!result.success) throw faulty(...result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`));
  const { NODE_ENV, SMTP_URL, MAIL_FROM, MAIL_TIMEOUT_MS } = result.data;
  return { ...parseServer(SMTP_URL, NODE_ENV === 'production'), from: MAIL_FROM, timeoutMs: MAIL_TIMEOUT_MS };
}

function parseServer(text: string, production: boolean): Pick<MailSettings, 'host' | 'port' | 'tls' | 'auth'> {
  const url = new URL(text);
  const implicit = url.protocol === 'smtps:';
  const { tls: asked = production ? 'required' : 'optional', ...unknown } = Object.fromEntries(url.searchParams);
  const auth = url.username ? { user: decoded(url.username), pass: decoded(url.password) } : null;
  const faults = [
    ...(url.hostname ? [] : ['names no server']),
    ...(url.pathname.length > 1 || url.hash ? ['has a path'] : []),
    ...Object.keys(unknown).map(() => 'has a parameter other than tls'),
    ...(implicit && url.searchParams.has('tls') ? ['tls says nothing about smtps, which is always encrypted'] : []),
    ...(asked === 'required' || asked === 'optional' ? [] : ['tls must be required or optional']),
    ...(production && auth && !implicit && asked === 'optional'
      ? ['would send its password unencrypted: use smtps or tls=required']
      : []),
  ];
  if (faults.length > 0) throw faulty(...faults.map((fault) => `SMTP_URL: ${fault}`));
  const tls = implicit ? 'implicit' : asked === 'required' ? 'required' : 'optional';
  // An IPv6 address stands in brackets in a URL, and without them where one connects to.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port) || (implicit ? 465 : 587), tls, auth };
}

function parseSender(text: string, context: z.RefinementCtx): MailSettings['from'] {
  const [, name = '', bracketed] = /^([^<>"\p{Cc}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  const address = emailAddress(bracketed ?? text);
  if (address !== null) return { name: name.trim(), address };
  context.addIssue({ code: 'custom', message: 'must be an e-mail address, or Name <address>' });
  return z.NEVER;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw faulty('SMTP_URL: user and password must be percent-encoded');
  }
}

function faulty(...faults: string[]): Error {
  return new Error(`settings: ${faults.join('; ')}`);
}
