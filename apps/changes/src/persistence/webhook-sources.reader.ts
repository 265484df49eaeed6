import { ENGINE_POOL } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { SealedSecrets } from './sealed-secrets.js';

/** Whose a webhook is, and what its signatures are made with. */
export interface WebhookSource {
  readonly id: string;
  readonly tenantId: string;
  readonly secret: string;
}

/** Finds the source of a webhook before its tenant is known, hence with the engine role, which may read no other column. */
@Injectable()
export class WebhookSourcesReader {
  constructor(
    @Inject(ENGINE_POOL) private readonly engine: Pool,
    private readonly secrets: SealedSecrets,
  ) {}

  async github(id: string): Promise<WebhookSource | null> {
    const { rows } = await this.engine.query<{ tenant_id: string; sealed_secret: string }>(
      `SELECT tenant_id, sealed_secret FROM deployment_source WHERE id = $1 AND kind = 'GITHUB'`,
      [id],
    );
    const [row] = rows;
    return row ? { id, tenantId: row.tenant_id, secret: this.secrets.open(row.sealed_secret, id) } : null;
  }
}
