import { hkdfSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { brokerRules, brokerSettings, type BrokerRules } from '@graphdesk/contracts';
import { parseEnvelopeKeys, type EnvelopeKey } from '@graphdesk/identity';
import { z } from 'zod';

/** What the gateway is told from outside; every field is an environment variable (README, Settings). */
export interface GatewaySettings {
  readonly production: boolean;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: string;
  readonly supergraphFile: string;
  /** Subgraph name -> address, as far as given; the supergraph's own address is used for the rest. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Subgraph name (upper case, `-` as `_`) -> the keys that sign its envelopes, newest first. */
  readonly envelopeKeys: ReadonlyMap<string, readonly EnvelopeKey[]>;
  /** File or https URL of the issuer's public keys. */
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  readonly natsUrl: string;
  /** What the event stream's servers must be like. */
  readonly brokerRules: BrokerRules;
  /** Signs cursors. Changing it makes every cursor SUBSCRIPTION_CURSOR_INVALID. */
  readonly cursorKey: Buffer;
}

const KEYS_PREFIX = 'ENVELOPE_KEYS_';
const committedSupergraph = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SUPERGRAPH: z.string().default(committedSupergraph),
  SUBGRAPHS: z.string().default('').transform(parseAddresses),
  AUTH_JWKS: z.string().min(1),
  AUTH_ISSUER: z.string().min(1),
  AUTH_AUDIENCE: z.string().default('graphdesk'),
  NATS_URL: z.string().default('nats://127.0.0.1:4222'),
  ...brokerSettings,
  CURSOR_KEY: z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length >= 32, 'must hold at least 32 bytes')
    .optional(),
});

/** Reads the settings. Throws one error that names every variable that is missing or wrong. */
export function readSettings(env: NodeJS.ProcessEnv): GatewaySettings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The gateway's settings are wrong. ${wrong.join('; ')}`);
  }
  const values = parsed.data;
  const envelopeKeys = readEnvelopeKeys(env);
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    supergraphFile: values.SUPERGRAPH,
    addresses: values.SUBGRAPHS,
    envelopeKeys,
    jwks: values.AUTH_JWKS,
    issuer: values.AUTH_ISSUER,
    audience: values.AUTH_AUDIENCE,
    natsUrl: values.NATS_URL,
    brokerRules: brokerRules(values, values.NODE_ENV === 'production'),
    cursorKey: values.CURSOR_KEY ?? derivedCursorKey(envelopeKeys),
  };
}

/** The name of a subgraph's key setting without its prefix: `change-log` -> `CHANGE_LOG`. */
export function keySettingOf(subgraph: string): string {
  return subgraph.toUpperCase().replaceAll('-', '_');
}

function parseAddresses(text: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const entries = text.split(',').filter((entry) => entry.trim() !== '');
  return new Map(
    entries.map((entry) => {
      const [, name, url] = /^\s*([a-z][a-z-]*)=(https?:\/\/\S+)\s*$/.exec(entry) ?? [];
      if (!name || !url) context.addIssue({ code: 'custom', message: `"${entry}" is not name=url` });
      return [name ?? '', url ?? ''];
    }),
  );
}

function readEnvelopeKeys(env: NodeJS.ProcessEnv): ReadonlyMap<string, readonly EnvelopeKey[]> {
  const named = Object.entries(env).filter(([name, value]) => name.startsWith(KEYS_PREFIX) && value);
  return new Map(named.map(([name, value]) => [name.slice(KEYS_PREFIX.length), parseEnvelopeKeys(value ?? '')]));
}

/** Without a key of their own, cursors live as long as the first subgraph's envelope key. */
function derivedCursorKey(keys: ReadonlyMap<string, readonly EnvelopeKey[]>): Buffer {
  const [first] = [...keys.keys()].sort();
  const secret = first && keys.get(first)?.[0]?.secret;
  if (!secret)
    throw new Error(`The gateway's settings are wrong. ${KEYS_PREFIX}<SUBGRAPH>: missing for every subgraph`);
  return Buffer.from(hkdfSync('sha256', secret, '', 'graphdesk subscription cursor', 32));
}
