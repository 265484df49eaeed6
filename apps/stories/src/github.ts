import { createHmac, randomUUID } from 'node:crypto';

/** A pipeline on GitHub that reports its deployments to one webhook, signed with the webhook's secret. */
export class GithubPipeline {
  constructor(
    private readonly webhookUrl: string,
    private readonly secret: string,
  ) {}

  /** Reports a deployment_status as GitHub sends it. */
  async report(deployment: {
    readonly repository: string;
    readonly state: 'success' | 'failure' | 'in_progress';
    /** What the deployment's payload names, such as CHG-12. */
    readonly change?: string;
    readonly id?: number;
    readonly at?: Date;
    readonly deliveryId?: string;
    /** What all effects of the report will carry. */
    readonly correlationId?: string;
  }): Promise<Response> {
    const at = (deployment.at ?? new Date()).toISOString();
    const id = deployment.id ?? Math.floor(Math.random() * 1_000_000_000);
    const body = JSON.stringify({
      action: 'created',
      deployment_status: {
        id: id + 1,
        state: deployment.state,
        environment: 'production',
        description: '',
        created_at: at,
        updated_at: at,
      },
      deployment: {
        id,
        sha: 'c0ffee5eed',
        ref: 'main',
        task: 'deploy',
        payload: deployment.change ? { change: deployment.change } : {},
        environment: 'production',
        production_environment: true,
        created_at: at,
      },
      repository: { full_name: deployment.repository },
      sender: { login: 'deploy-bot' },
    });
    const headers: Record<string, string> = {};
    if (deployment.correlationId) headers['x-correlation-id'] = deployment.correlationId;
    return this.deliver(body, deployment.deliveryId ?? randomUUID(), this.sign(body), headers);
  }

  /** Delivers a body with its signature; a given signature replaces the right one. */
  deliver(
    body: string,
    deliveryId: string,
    signature = this.sign(body),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(this.webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/c0ffee5',
        'x-github-event': 'deployment_status',
        'x-github-delivery': deliveryId,
        'x-hub-signature-256': signature,
        ...headers,
      },
      body,
    });
  }

  private sign(body: string): string {
    return `sha256=${createHmac('sha256', this.secret).update(body).digest('hex')}`;
  }
}
