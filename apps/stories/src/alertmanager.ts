import { startAlertmanager, type Alertmanager } from '@graphdesk/testing';

/** A real Alertmanager that sends every alert at once to one of our intake sources. */
export async function startMonitoring(intake: {
  readonly url: string;
  readonly secret: string;
}): Promise<Alertmanager> {
  return startAlertmanager({
    config: `
route:
  receiver: graphdesk
  group_by: [alertname, service, environment]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: graphdesk
    webhook_configs:
      - url: ${intake.url}
        send_resolved: true
        http_config:
          authorization:
            credentials: ${intake.secret}
`,
  });
}

/** Tells Alertmanager of an alert as Prometheus would; an end in the past is its all-clear. */
export async function raise(
  monitoring: Alertmanager,
  labels: Readonly<Record<string, string>>,
  { startsAt = new Date(), endsAt }: { readonly startsAt?: Date; readonly endsAt?: Date } = {},
): Promise<void> {
  const alert = {
    labels,
    annotations: { summary: `${labels['alertname']} on ${labels['service']}` },
    startsAt: startsAt.toISOString(),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
    generatorURL: 'http://prometheus.example/graph',
  };
  const response = await fetch(`${monitoring.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([alert]),
  });
  if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${await response.text()}`);
}
