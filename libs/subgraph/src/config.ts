import { brokerSettings } from '@graphdesk/contracts';
import { parseEnvelopeKeys, type EnvelopeKey } from '@graphdesk/identity';
import { z } from 'zod';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

/** A service's settings, from environment variables. A missing or wrong one ends the start with its name. */
const settingsSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  /** Address to listen on. */
  HOST: z.string().default('127.0.0.1'),
  /** Port to listen on; 0 picks a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** The app role: requests and reactions, one tenant per transaction. */
  DATABASE_URL: postgresUrl,
  /** The engine role: relay, consumers, look-up of webhook sources. */
  ENGINE_DATABASE_URL: postgresUrl,
  /** The owner role. If set, the service migrates its schema at start; else a migration job must have done it. */
  OWNER_DATABASE_URL: postgresUrl.optional(),
  /** Connections of the app role at most. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8),
  /** Whether statements are prepared once per connection; false behind a pooler that cannot keep them. */
  DATABASE_PREPARE: z.enum(['true', 'false']).default('true'),
  /** One server, or several separated by commas. */
  NATS_URL: z.string().min(1),
  ...brokerSettings,
  /** `kid:base64[,kid:base64]`: keys shared with the gateway, newest first. */
  ENVELOPE_KEYS: z.string().transform(parseKeys),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type SubgraphSettings = z.infer<typeof settingsSchema>;

/** Reads and checks the settings; an empty one counts as missing. Throws one error that names every fault, and no value. */
export function readSettings(environment: NodeJS.ProcessEnv): SubgraphSettings {
  const result = settingsSchema.safeParse(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== '')),
  );
  if (result.success) return result.data;
  throw new Error(`settings: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}`);
}

function parseKeys(text: string, context: z.RefinementCtx): readonly EnvelopeKey[] {
  try {
    return parseEnvelopeKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
}
