import { describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowedTraffic, renderedFaults } from './chart-rules.mjs';
import { chartFaults, renderedObjects } from './chart.mjs';
import { provideHelm, verify } from './helm.mjs';

const CHART = fileURLToPath(new URL('../../charts/graphdesk', import.meta.url));

// Found before the tests are defined, so that a missing Helm shows as skipped tests with the reason in their name.
const found = await provideHelm();
const helm = 'path' in found ? found.path : '';
const withHelm = 'path' in found ? describe : describe.skip;

withHelm(`the chart${'missing' in found ? ` (${found.missing})` : ''}`, () => {
  it('lints, renders and keeps to every rule, in every profile', async () => {
    expect(await chartFaults(helm)).toEqual([]);
  });

  it('lets everyone reach the gateway and only the gateway reach a subgraph', async () => {
    const subgraphs = ['catalog', 'changes', 'communications', 'incidents', 'problems', 'sla'];
    expect(allowedTraffic(await renderedObjects(helm, CHART))).toEqual([
      'anyone -> gateway',
      ...subgraphs.map((name) => `gateway -> ${name}`),
    ]);
  });

  it('lets every service see how the NATS servers write to their disks, where it is told to look', async () => {
    const objects = await renderedObjects(helm, CHART, ['--values', join(CHART, 'ci/ha.yaml')]);
    const policies = objects.filter(
      (it) => it.kind === 'NetworkPolicy' && !/default-deny|migrations/.test(it.metadata.name),
    );
    expect(policies).toHaveLength(7);
    for (const { spec } of policies) {
      const nats = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nats' } } };
      expect(spec.egress).toContainEqual({ ports: [{ port: 8222, protocol: 'TCP' }], to: [nats] });
    }
  });

  it('rolls the pods that a changed setting concerns, and no other', async () => {
    const [before, after] = [
      await renderedObjects(helm, CHART),
      await renderedObjects(helm, CHART, ['--set', 'auth.issuer=https://id.example.org']),
    ];
    const template = (objects: typeof before, name: string): string =>
      JSON.stringify(objects.find((it) => it.kind === 'Deployment' && it.metadata.name.endsWith(name)).spec.template);
    expect(template(after, '-gateway')).not.toEqual(template(before, '-gateway'));
    expect(template(after, '-incidents')).toEqual(template(before, '-incidents'));
  });

  it.each([
    ['512Mi', '384'],
    ['1Gi', '768'],
  ])('gives Node three quarters of %s as heap', async (limit, mebibytes) => {
    const setting = `services.sla.resources.limits.memory=${limit}`;
    const objects = await renderedObjects(helm, CHART, ['--set', setting]);
    const settings = objects.find((it) => it.kind === 'ConfigMap' && it.metadata.name.endsWith('-sla'));
    expect(settings?.data.NODE_OPTIONS).toBe(`--max-old-space-size=${mebibytes}`);
  });

  describe('with one line broken', () => {
    /** [file, what to replace, by what, what must be said about it] */
    it.each([
      ['_pod.tpl', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'writable root file system'],
      ['_pod.tpl', 'drop: [ALL]', 'drop: [NET_RAW]', 'keeps capabilities'],
      ['_pod.tpl', 'automountServiceAccountToken: false', 'automountServiceAccountToken: true', 'mounts an API token'],
      ['_pod.tpl', 'runAsUser: 1000', 'runAsUser: 0', 'may run as root'],
      ['_pod.tpl', 'type: RuntimeDefault', 'type: Unconfined', 'no seccomp profile'],
      ['_pod.tpl', 'emptyDir:', 'hostPath: { path: /var }\n    emptyDir:', 'reaches the host'],
      ['deployment.yaml', '/health/live', '/health/ready', 'no three different probes'],
      ['deployment.yaml', 'preStop:', 'postStart:', 'no preStop'],
      ['serviceaccount.yaml', '-{{ $name }}', '-x-{{ $name }}', 'names the missing account'],
      ['service.yaml', '-{{ $name }}', '-x-{{ $name }}', 'has no Service that selects it'],
      ['poddisruptionbudget.yaml', 'replicas) 2', 'replicas) 0', 'a disruption budget that does not fit'],
      ['networkpolicy.yaml', '(list $ "gateway")', '(list $ "sla")', 'the network policies let sla -> catalog'],
      ['configmap.yaml', 'data:', 'data:\n  NOW: {{ randAlpha 12 }}', 'it is not the same'],
      ['../values.yaml', 'logLevel: info', 'logLevel: warn', 'table of values is old'],
    ])(
      '%s: %s',
      async (file, from, to, said) => {
        const chart = mkdtempSync(join(tmpdir(), 'graphdesk-chart-'));
        try {
          cpSync(CHART, chart, { recursive: true });
          const path = join(chart, 'templates', file);
          const text = readFileSync(path, 'utf8');
          expect(text).toContain(from);
          writeFileSync(path, text.replaceAll(from, to));
          expect((await chartFaults(helm, chart)).join('\n')).toContain(said);
        } finally {
          rmSync(chart, { recursive: true, force: true });
        }
      },
      60_000,
    );
  });
});

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Every object inside a JSON document, with its path. */
function* nodesIn(node: unknown, path = ''): Generator<readonly [string, Schema]> {
  if (node === null || typeof node !== 'object') return;
  yield [path, node];
  for (const [key, child] of Object.entries(node)) yield* nodesIn(child, `${path}/${key}`);
}

describe('the values schema', () => {
  const nodes = [...nodesIn(JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8')))];

  it('is closed', () => {
    const open = nodes.filter(
      ([, { properties, additionalProperties }]) => properties && additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  it('describes every value', () => {
    const mute = nodes.flatMap(([path, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, value]) => !value.description && !value.$ref)
        .map(([name]) => `${path}/${name}`),
    );
    expect(mute).toEqual([]);
  });
});

describe('the Helm package', () => {
  it('is refused when it is not the pinned one', () => {
    expect(() => verify(Buffer.from('something else'))).toThrow('is not what it was');
  });
});

describe('a rendered object', () => {
  it('with an image that can change under its name is found', () => {
    const pod = {
      kind: 'Pod',
      metadata: { name: 'it' },
      spec: { containers: [{ name: 'it', image: 'graphdesk:latest' }] },
    };
    expect(renderedFaults([pod])).toContain('Pod/it: container it has an image without a fixed tag or digest');
  });

  it('that holds a secret is found', () => {
    expect(renderedFaults([{ kind: 'Secret', metadata: { name: 'it' } }])).toEqual(['Secret/it is made by the chart']);
  });
});
