import { TenantDatabase } from '@graphdesk/database';
import type { Actor } from '@graphdesk/identity';
import { ENGINE_POOL } from '@graphdesk/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { IntakeSource } from '../domain/intake-source.js';
import { IntakeSourceRecord } from './intake-source.record.js';

/** What a webhook needs of its source before anything else is known. */
export type KnownSource = Pick<IntakeSource, 'id' | 'kind' | 'secretDigest'> & { readonly tenantId: string };

/** Queries of intake sources. */
@Injectable()
export class IntakeSourcesReader {
  constructor(
    private readonly database: TenantDatabase,
    @Inject(ENGINE_POOL) private readonly engine: Pool,
  ) {}

  /** The source of a webhook. Asked by the engine role: which tenant it is for is what it tells. */
  async bySourceId(id: string): Promise<KnownSource | null> {
    const { rows } = await this.engine.query<KnownSource>(
      `SELECT id, tenant_id AS "tenantId", kind, secret_digest AS "secretDigest" FROM intake_source WHERE id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** All sources of the tenant, by name. */
  async all(actor: Actor): Promise<IntakeSourceRecord[]> {
    return this.database.transaction(actor.tenantId, (tx) => tx.find(IntakeSourceRecord, { order: { name: 'ASC' } }));
  }
}
