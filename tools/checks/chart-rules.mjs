// What every rendered object has to keep to. The pod rules are those of the Pod Security Standard "restricted".

/** @typedef {Record<string, any>} KubernetesObject a parsed manifest */

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** [what is wrong, whether a pod spec has it] */
const POD_RULES = [
  ['shares a namespace of the host', (pod) => pod.hostNetwork || pod.hostPID || pod.hostIPC],
  [
    'has a volume of a kind that reaches the host',
    (pod) =>
      (pod.volumes ?? []).some((volume) => Object.keys(volume).some((key) => key !== 'name' && !VOLUMES.includes(key))),
  ],
  ['may run as root', (pod) => pod.securityContext?.runAsNonRoot !== true || pod.securityContext?.runAsUser === 0],
  ['has no seccomp profile', (pod) => !seccomp(pod)],
  ['sets sysctls', (pod) => pod.securityContext?.sysctls?.length > 0],
  ['mounts an API token', (pod) => pod.automountServiceAccountToken !== false],
  ['uses the default account', (pod) => !pod.serviceAccountName || pod.serviceAccountName === 'default'],
  ['is flooded with variables of other services', (pod) => pod.enableServiceLinks !== false],
];

/** [what is wrong, whether a container has it] */
const CONTAINER_RULES = [
  ['may run as root', ({ securityContext: it }) => it?.runAsNonRoot !== true || it?.runAsUser === 0],
  ['may gain privileges', ({ securityContext: it }) => it?.allowPrivilegeEscalation !== false || it?.privileged],
  ['has a writable root file system', ({ securityContext: it }) => it?.readOnlyRootFilesystem !== true],
  [
    'keeps capabilities',
    ({ securityContext: it }) => !it?.capabilities?.drop?.includes('ALL') || it.capabilities.add?.length > 0,
  ],
  ['has no seccomp profile', (container) => !seccomp(container)],
  ['unmasks proc', ({ securityContext: it }) => (it?.procMount ?? 'Default') !== 'Default'],
  ['takes a port of the host', ({ ports }) => (ports ?? []).some((port) => port.hostPort)],
  ['has no requests', ({ resources }) => !resources?.requests?.cpu || !resources.requests.memory],
  ['has no memory limit', ({ resources }) => !resources?.limits?.memory],
  [
    'has an image without a fixed tag or digest',
    ({ image }) => !/(@sha256:[a-f0-9]{64}|:[\w.-]+)$/.test(image) || /:latest$/.test(image),
  ],
];

const seccomp = ({ securityContext }) =>
  ['RuntimeDefault', 'Localhost'].includes(securityContext?.seccompProfile?.type);

const named = ({ kind, metadata }) => `${kind}/${metadata.name}`;

/** The pod spec that an object makes pods from, if it does. */
const podOf = (object) => (object.kind === 'Pod' ? object.spec : object.spec?.template?.spec);

function podFaults(pod) {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  return [
    ...POD_RULES.filter(([, broken]) => broken(pod)).map(([fault]) => `pod ${fault}`),
    ...containers.flatMap((container) =>
      CONTAINER_RULES.filter(([, broken]) => broken(container)).map(
        ([fault]) => `container ${container.name} ${fault}`,
      ),
    ),
  ];
}

/** A Deployment's own rules: three probes that ask three questions, a preStop, and enough time for it. */
function deploymentFaults({ spec }) {
  const pod = spec.template.spec;
  return pod.containers.flatMap((container) => {
    const asked = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => container[probe]?.httpGet?.path);
    const wait = Number(container.lifecycle?.preStop?.exec?.command?.at(-1));
    return [
      ...(asked.includes(undefined) || new Set(asked).size < 3
        ? [`container ${container.name} has no three different probes`]
        : []),
      ...(wait < pod.terminationGracePeriodSeconds
        ? []
        : [`container ${container.name} has no preStop within its grace period`]),
    ];
  });
}

/** Rules between objects: what is named is there, a budget never stops a drain, and secrets are not made up. */
function releaseFaults(objects) {
  const ids = objects.map(named);
  const there = new Set(ids);
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const replicas = new Map(deployments.map((it) => [it.metadata.name, it.spec.replicas]));
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is rendered twice`),
    ...objects.filter(({ kind }) => kind === 'Secret').map((it) => `${named(it)} is made by the chart`),
    ...objects.filter(({ metadata }) => metadata.name.length > 63).map((it) => `${named(it)} has too long a name`),
    ...objects.flatMap((object) => {
      const account = podOf(object)?.serviceAccountName;
      return account && !there.has(`ServiceAccount/${account}`)
        ? [`${named(object)} names the missing account ${account}`]
        : [];
    }),
    ...deployments.flatMap((it) => {
      const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === it.metadata.name);
      const labels = it.spec.template.metadata.labels;
      return service && Object.entries(service.spec.selector).every(([key, value]) => labels[key] === value)
        ? []
        : [`${named(it)} has no Service that selects it`];
    }),
    ...[...replicas]
      .filter(([name, count]) => count >= 2 !== there.has(`PodDisruptionBudget/${name}`))
      .map(([name]) => `Deployment/${name} has a disruption budget that does not fit its replicas`),
  ];
}

/**
 * Everything that is wrong with what a chart renders, one line each.
 * @param {KubernetesObject[]} objects @returns {string[]}
 */
export function renderedFaults(objects) {
  return [
    ...objects.flatMap((object) => {
      const pod = podOf(object);
      const faults = [
        ...(pod ? podFaults(pod) : []),
        ...(object.kind === 'Deployment' ? deploymentFaults(object) : []),
      ];
      return faults.map((fault) => `${named(object)}: ${fault}`);
    }),
    ...releaseFaults(objects),
  ];
}

/**
 * Who may speak to whom inside the release, by the network policies: pairs "from -> to" of components.
 * @param {KubernetesObject[]} objects @returns {string[]} sorted; "anyone" stands for a rule without peers
 */
export function allowedTraffic(objects) {
  const component = (selector) => selector?.matchLabels?.['app.kubernetes.io/component'];
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ spec }) =>
      (spec.ingress ?? []).flatMap((rule) =>
        (rule.from ?? [undefined]).map((peer) => {
          const from = peer === undefined ? 'anyone' : (component(peer.podSelector) ?? 'outside');
          return `${from} -> ${component(spec.podSelector)}`;
        }),
      ),
    )
    .sort();
}
