import { createHash, timingSafeEqual } from 'node:crypto';
import { isId } from '@graphdesk/contracts';
import { withCause } from '@graphdesk/messaging';
import { HookError, invalidCredentials } from '@graphdesk/subgraph';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IntakeSourcesReader, type KnownSource } from '../persistence/intake-sources.reader.js';
import { TakeAlerts } from '../use-cases/take-alerts.js';
import { readAlertmanagerPayload } from './alertmanager.payload.js';

/** What the sender is told once everything is stored. */
interface Receipt {
  /** How many alerts the body held. */
  readonly alerts: number;
  /** The incidents that it changed; none when it brought nothing new. */
  readonly incidents: readonly string[];
}

/** Stands in for the digest of a source that does not exist, so that both take as long; no secret has it. */
const NO_DIGEST = '0'.repeat(64);

/**
 * Alertmanager's webhook, version 4. Answers after the commit: 200 means stored. A fault of the sender is a 4xx, which
 * Alertmanager does not repeat; trouble of ours is a 5xx, which it does.
 */
@Controller('hooks/alertmanager')
export class AlertmanagerController {
  constructor(
    private readonly sources: IntakeSourcesReader,
    private readonly takeAlerts: TakeAlerts,
  ) {}

  @Post(':sourceId')
  @HttpCode(200)
  async receive(@Param('sourceId') sourceId: string, @Req() request: FastifyRequest): Promise<Receipt> {
    const source = await this.authenticate(sourceId, request.headers.authorization);
    const body = request.rawBody ?? Buffer.alloc(0);
    const text = body.toString('utf8');
    const alerts = readAlertmanagerPayload(text);
    if (!isList(alerts)) throw new HookError(400, 'INVALID_PAYLOAD', alerts.message, alerts.path);
    const digest = createHash('sha256').update(body).digest('hex');
    const delivery = { sourceId: source.id, tenantId: source.tenantId, digest, body: text, alerts };
    const correlationId = request.envelope?.correlationId ?? request.id;
    const incidents = await withCause({ correlationId }, () => this.takeAlerts.execute(delivery));
    return { alerts: alerts.length, incidents };
  }

  /** The secret comes in the header `Authorization: Bearer …` and nowhere else: addresses end up in logs. */
  private async authenticate(sourceId: string, authorization: string | undefined): Promise<KnownSource> {
    const source = isId('intakeSource', sourceId) ? await this.sources.bySourceId(sourceId) : null;
    const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const digest = createHash('sha256').update(secret).digest();
    const its = Buffer.from(source?.secretDigest ?? NO_DIGEST, 'hex');
    if (!timingSafeEqual(digest, its) || source?.kind !== 'ALERTMANAGER') throw invalidCredentials();
    return source;
  }
}

function isList<Item>(value: readonly Item[] | object): value is readonly Item[] {
  return Array.isArray(value);
}
