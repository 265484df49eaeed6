import { createHash, timingSafeEqual } from 'node:crypto';
import { withCause } from '@graphdesk/messaging';
import { HookError } from '@graphdesk/subgraph';
import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { IntakeSourcesReader, type KnownSource } from '../persistence/intake-sources.reader.js';
import { TakeAlerts } from '../use-cases/take-alerts.js';
import { readAlertmanagerPayload } from './alertmanager.payload.js';
import { retryLater } from './unavailable.js';

/** What the sender is told once everything is stored. */
interface Receipt {
  /** How many alerts the body held. */
  readonly alerts: number;
  /** The incidents that it changed; none when it brought nothing new. */
  readonly incidents: readonly string[];
}

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
    try {
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
    } catch (error) {
      throw retryLater(error);
    }
  }

  /** The secret comes in the header `Authorization: Bearer …` and nowhere else: addresses end up in logs. */
  private async authenticate(sourceId: string, authorization: string | undefined): Promise<KnownSource> {
    const source = await this.sources.bySourceId(sourceId);
    if (source?.kind !== 'ALERTMANAGER') throw new HookError(404, 'UNKNOWN_SOURCE', 'There is no such intake source.');
    const [, secret] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    const digest = createHash('sha256')
      .update(secret ?? '')
      .digest();
    if (!secret || !timingSafeEqual(digest, Buffer.from(source.secretDigest, 'hex'))) {
      throw new HookError(
        401,
        'INVALID_SECRET',
        'The header Authorization must be Bearer and the secret of the source.',
      );
    }
    return source;
  }
}

function isList<Item>(value: readonly Item[] | object): value is readonly Item[] {
  return Array.isArray(value);
}
