import { z } from 'zod';
import type { DeploymentState } from '../domain/vocabulary.js';
import type { DeploymentReport } from '../use-cases/record-deployment.js';

/** GitHub's words for a deployment's state, and ours. */
const STATES = {
  queued: 'PENDING',
  pending: 'PENDING',
  in_progress: 'IN_PROGRESS',
  success: 'SUCCEEDED',
  failure: 'FAILED',
  error: 'FAILED',
  inactive: 'SUPERSEDED',
} as const satisfies Record<string, DeploymentState>;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What a pipeline may say in the payload of the deployment it creates; GitHub passes it on as an object or as JSON in a string. */
const payload = z
  .union([z.record(z.string(), z.unknown()), z.string(), z.null()])
  .optional()
  .transform((given) => (typeof given === 'string' ? objectIn(given) : (given ?? {})))
  .pipe(z.object({ change: z.string().optional().catch(undefined), service: z.string().optional().catch(undefined) }));

const deployment = z.object({
  id: z.union([z.int(), z.string().min(1)]).transform(String),
  sha: z.string().min(1),
  payload,
  environment: z.string().min(1),
  created_at: instant,
});
const repository = z.object({ full_name: z.string().regex(/^[^/]+\/[^/]+$/, 'must be owner/name') });

const status = z.object({
  state: z.enum(Object.keys(STATES) as [keyof typeof STATES, ...(keyof typeof STATES)[]]),
  environment: z.string().optional(),
  updated_at: instant,
});

/** The events that are read, with the parts of their bodies that are; unknown keys are ignored. */
const BODIES = {
  deployment: z.object({ deployment, repository, deployment_status: z.undefined().catch(undefined) }),
  deployment_status: z.object({ deployment, repository, deployment_status: status }),
} as const;
type GithubEvent = keyof typeof BODIES;

export function isGithubEvent(name: string): name is GithubEvent {
  return Object.hasOwn(BODIES, name);
}

/** A body that says what it should, or the first place where it does not. */
export type ParsedBody =
  | { readonly ok: true; readonly report: Omit<DeploymentReport, 'origin'> }
  | { readonly ok: false; readonly path: string; readonly message: string };

/** Reads the body of a deployment event; the service is the repository's name unless the payload names one. */
export function readGithubBody(event: GithubEvent, body: unknown): ParsedBody {
  const result = BODIES[event].safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { ok: false, path: issue?.path.join('.') ?? '', message: issue?.message ?? 'the body is malformed' };
  }
  const { deployment: deployed, deployment_status: reported, repository: source } = result.data;
  const { change, service } = deployed.payload;
  return {
    ok: true,
    report: {
      externalId: deployed.id,
      state: reported ? STATES[reported.state] : 'PENDING',
      serviceName: service ?? source.full_name.split('/')[1] ?? '',
      environment: reported?.environment || deployed.environment,
      reference: `${source.full_name}@${deployed.sha}`,
      changeReference: change ?? null,
      reportedAt: reported?.updated_at ?? deployed.created_at,
    },
  };
}

/** GitHub sends the payload of a deployment as it was given: free text is not ours to understand. */
function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
