import { isId } from '@graphdesk/contracts';
import { withCause } from '@graphdesk/messaging';
import { HookError, invalidCredentials } from '@graphdesk/subgraph';
import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebhookSourcesReader, type WebhookSource } from '../persistence/webhook-sources.reader.js';
import { ReceiveDelivery, type DeliveryOutcome } from '../use-cases/receive-delivery.js';
import { isGithubEvent, readGithubBody } from './github-report.js';
import { isSignedBy } from './github-signature.js';

/** What the sender is told. */
type Reply = DeliveryOutcome | { readonly outcome: 'PONG' | 'IGNORED' };

/** Stands in for the secret of a source that does not exist, so that both take as long. */
const NO_SECRET = 'no source has this secret';

/**
 * `POST /hooks/github/:sourceId`: deployments as GitHub tells them. 200 recorded or repeated, 202 an event that is none of ours, 400 a
 * body or header that cannot be read (with its path), 401 no such source or no valid signature (the same answer), 413 more than 2 MiB,
 * 503 the database is away: GitHub delivers again only when somebody asks it to.
 */
@Controller('hooks/github')
export class GithubController {
  constructor(
    private readonly sources: WebhookSourcesReader,
    private readonly receiveDelivery: ReceiveDelivery,
  ) {}

  @Post(':sourceId')
  async receive(
    @Param('sourceId') sourceId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Reply> {
    const correlationId = request.envelope?.correlationId ?? request.id;
    const taken = await withCause({ correlationId }, () => this.take(sourceId, request));
    reply.code(taken.outcome === 'IGNORED' ? 202 : 200);
    return taken;
  }

  private async take(sourceId: string, request: FastifyRequest): Promise<Reply> {
    const body = request.rawBody ?? Buffer.alloc(0);
    const source = await this.authenticate(sourceId, body, headerOf(request, 'x-hub-signature-256'));
    const event = required(request, 'x-github-event');
    if (event === 'ping') return { outcome: 'PONG' };
    if (!isGithubEvent(event)) return { outcome: 'IGNORED' };
    const deliveryId = required(request, 'x-github-delivery');
    const parsed = readGithubBody(event, jsonIn(body));
    if (!parsed.ok) throw new HookError(400, 'INVALID_PAYLOAD', parsed.message, parsed.path);
    const outcome = await this.receiveDelivery.execute(source, deliveryId, parsed.report);
    if (!outcome.ok) throw new HookError(400, outcome.code, outcome.message, pathOf(outcome.detail));
    return outcome.value;
  }

  private async authenticate(
    sourceId: string,
    body: Uint8Array,
    signature: string | undefined,
  ): Promise<WebhookSource> {
    const source = isId('intakeSource', sourceId) ? await this.sources.github(sourceId) : null;
    const signed = isSignedBy(source?.secret ?? NO_SECRET, body, signature);
    if (source && signed) return source;
    throw invalidCredentials();
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function required(request: FastifyRequest, name: string): string {
  const value = headerOf(request, name);
  if (value === undefined || value.length > 200) {
    throw new HookError(400, 'MISSING_HEADER', `the header ${name} is missing or too long`, name);
  }
  return value;
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new HookError(400, 'INVALID_PAYLOAD', 'the body is not JSON', '');
  }
}

function pathOf(detail: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const path = detail?.['path'];
  return Array.isArray(path) ? path.join('.') : undefined;
}
