// The whole system as one thing to start and stop. `npm start` is a thin command over it; stories start their own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { catchMail } from './catch-mail.mjs';
import { gatewayUrls, writeDevFile } from './dev-file.mjs';
import { giveLockBack, takeLock } from './lock.mjs';
import { loadCast } from './people.mjs';
import { cacheFolder, repository } from './places.mjs';
import { postgresHomes } from './postgres-place.mjs';
import { choosePorts, listServices } from './process-list.mjs';
import { silentSteps } from './progress.mjs';
import { provideNats } from './provide-nats.mjs';
import { providePostgres } from './provide-postgres.mjs';
import { loadSecrets } from './secrets.mjs';
import { seedOnce } from './seed-once.mjs';
import { serviceProcess } from './service-process.mjs';
import { gatewaySettings, inheritedSettings, subgraphSettings } from './service-settings.mjs';
import { issueTokens, writeJwks } from './tokens.mjs';
import { guardFolder, removeFolder } from './watchdog.mjs';

/**
 * @typedef {object} StackOptions
 * @property {string} [dataDir] everything that lasts: data, secrets, logs; a second start finds it again. Default: a
 *   temporary folder, which `stop` removes; it also goes when this process is killed
 * @property {string} [root] the repository; its apps must be built
 * @property {boolean} [freePorts] instead of the usual ports
 * @property {Record<string, number>} [ports] by process name; also `postgres` and `nats`
 * @property {NodeJS.ProcessEnv} [env] settings for every process, on top of their own
 * @property {import('./progress.mjs').Step} [step] hears of each step; default: silent
 * @property {(death: { name: string, how: string, lastLines: string }) => void} [onDeath] a service ended by itself
 * @property {AbortSignal} [signal] ends the start half-way; the error comes when everything is stopped again
 * @property {boolean} [seed] fill the demo tenant the first time; default true
 * @property {boolean} [ownServers] ignore DATABASE_URL, NATS_URL and SMTP_URL, so that nothing is shared with others
 *
 * @typedef {import('./dev-file.mjs').DevFile} DevFile
 *
 * @typedef {object} Stack
 * @property {DevFile['gateway']} gateway
 * @property {string} tenant
 * @property {Record<string, string>} people
 * @property {Record<string, string>} tokens
 * @property {Record<string, import('./service-process.mjs').ServiceProcess>} services by name, with `gateway`
 * @property {string} databaseUrl
 * @property {string} natsUrl
 * @property {{ kill(): Promise<void>, start(): Promise<void> }} postgres our own server: SIGKILL, and again on the same data
 * @property {{ kill(): Promise<void>, start(): Promise<void> }} nats the same
 * @property {() => DevFile} describe the content of dev.json
 * @property {string} logDir holds one file per service
 * @property {() => Promise<void>} stop ends everything, within 10 s
 */

/**
 * Starts Postgres, NATS, every service and the gateway, waits until all are ready, and fills the demo tenant the first
 * time. When a step fails, everything is stopped again before the error is thrown.
 * @param {StackOptions} options
 * @returns {Promise<Stack>}
 */
export async function startStack(options) {
  const dataDir = options.dataDir ? resolve(options.dataDir) : temporaryDataDir();
  const holder = takeLock(join(dataDir, 'launcher.lock'));
  if (holder !== undefined) throw new Error(`Graphdesk already runs on ${dataDir}: stop process ${holder} first.`);
  /** @type {(() => Promise<unknown>)[]} */
  const undo = [];
  let stopped = Promise.resolve();
  const stop = () => {
    stopped = stopped.then(async () => {
      for (const end of undo.splice(0).reverse()) await end();
    });
    return stopped;
  };
  const finish = async () => {
    await stop();
    giveLockBack(join(dataDir, 'launcher.lock'));
    if (!options.dataDir) for (const folder of foldersOf(dataDir)) removeFolder(folder);
  };
  // What has started by now ends at once, which makes the current step fail; what that step still starts ends below.
  options.signal?.addEventListener('abort', () => void stop());
  try {
    return await bringUp({ ...options, dataDir }, undo, finish);
  } catch (error) {
    await finish();
    throw options.signal?.aborted ? new Error('stopped before everything was ready') : error;
  }
}

function temporaryDataDir() {
  const dataDir = mkdtempSync(join(tmpdir(), 'graphdesk-stack-'));
  chmodSync(dataDir, 0o711); // Postgres may have to run under another account
  for (const folder of foldersOf(dataDir)) guardFolder(folder);
  return dataDir;
}

/** @param {string} dataDir */
function foldersOf(dataDir) {
  return [dataDir, ...postgresHomes(join(dataDir, 'postgres'))];
}

/**
 * @param {StackOptions & { dataDir: string }} options
 * @param {(() => Promise<unknown>)[]} undo what `stop` does, last first
 * @param {() => Promise<void>} stop
 * @returns {Promise<Stack>}
 */
async function bringUp(options, undo, stop) {
  const { dataDir, root = repository, env: extraEnv, onDeath = () => {} } = options;
  /** @type {import('./progress.mjs').Step} */
  const step = (what, work) => {
    options.signal?.throwIfAborted();
    return (options.step ?? silentSteps)(what, work);
  };
  const env = options.ownServers ? {} : process.env;
  const all = listServices(root);
  const subgraphs = all.map(({ name }) => name).filter((name) => name !== 'gateway');
  const ports = await choosePorts(all, { freePorts: options.freePorts, given: options.ports, env });
  const secrets = loadSecrets(dataDir, subgraphs);
  const cast = await loadCast(dataDir);

  const [postgres, nats] = await bothOrNeither(
    step('Postgres, with a schema and three roles per service', () => {
      /** @param {import('./child-process.mjs').RunningProgram} program */
      const onStarted = (program) => void undo.push(() => program.stop(1_000));
      return providePostgres({ dataDir, services: subgraphs, secrets, env, port: options.ports?.postgres, onStarted });
    }),
    step('NATS with JetStream', async () => {
      const provided = await provideNats({ dataDir, cache: cacheFolder(), env, port: options.ports?.nats });
      undo.push(async () => provided.program()?.stop(1_000));
      return provided;
    }),
  );

  const mail = await provideMail(dataDir, env, undo);
  const jwksFile = join(dataDir, 'jwks.json');
  writeJwks(jwksFile, secrets.issuer);
  const provided = { ports, databases: postgres.services, natsUrl: nats.url, secrets, jwksFile, mail };
  const inherited = inheritedSettings();
  const logDir = join(dataDir, 'logs');
  rmSync(logDir, { recursive: true, force: true });
  const processes = all.map(({ name }) => {
    const own = name === 'gateway' ? gatewaySettings(subgraphs, provided) : subgraphSettings(name, provided);
    const serviceEnv = { ...inherited, ...own, ...extraEnv };
    return serviceProcess({ root, name, port: ports[name] ?? 0, env: serviceEnv, logDir, onDeath });
  });
  undo.push(() => Promise.all(processes.map((process) => process.stop())));
  await step(`${subgraphs.length} services and the gateway`, () =>
    Promise.all(processes.map((process) => process.start())),
  );

  const services = Object.fromEntries(processes.map((process) => [process.name, process]));
  const gateway = gatewayUrls(services.gateway?.url ?? '');
  const addresses = Object.fromEntries(processes.map(({ name, url }) => [name, url]));
  /** @type {DevFile} */
  const dev = {
    gateway,
    ...cast,
    tokens: await issueTokens(secrets.issuer, cast),
    demo: { services: {}, sources: {} },
    services: addresses,
    databaseUrl: postgres.url,
    natsUrl: nats.url,
    ...(mail.folder && { mailFolder: mail.folder }),
  };
  if (options.seed ?? true) await enterDemo(dev, await seedOnce(dataDir, dev, step), secrets.issuer);
  writeDevFile(join(dataDir, 'dev.json'), dev);
  const { databaseUrl, natsUrl } = dev;
  return {
    gateway,
    ...cast,
    tokens: dev.tokens,
    services,
    databaseUrl,
    natsUrl,
    postgres: { kill: () => killOwn(postgres.program()), start: postgres.start },
    nats: { kill: () => killOwn(nats.program()), start: nats.start },
    logDir,
    describe: () => dev,
    stop,
  };
}

/**
 * What the demo tenant adds to dev.json: where monitors and pipelines send to, and a partner whose scope is one service.
 * @param {DevFile} dev
 * @param {import('./seed.mjs').Demo} demo
 * @param {import('node:crypto').JsonWebKey} issuer
 */
async function enterDemo(dev, demo, issuer) {
  const origin = new URL(dev.gateway.http).origin;
  const sources = Object.entries(demo.sources).map(([name, { path, secret }]) => [
    name,
    { url: origin + path, secret },
  ]);
  dev.demo = { services: demo.services, sources: Object.fromEntries(sources) };
  dev.tokens = await issueTokens(issuer, dev, { partnerServices: [demo.services.billing ?? ''] });
}

/**
 * Your mail server if SMTP_URL names one; else one that keeps every mail as a file.
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 * @param {(() => Promise<unknown>)[]} undo
 */
async function provideMail(dataDir, env, undo) {
  if (env.SMTP_URL) return { url: env.SMTP_URL, from: env.MAIL_FROM, folder: undefined };
  const folder = join(dataDir, 'mail');
  const { url, stop } = await catchMail(folder);
  undo.push(stop);
  return { url: `${url}?tls=optional`, from: 'Graphdesk <status@graphdesk.example>', folder };
}

/** @param {import('./child-process.mjs').RunningProgram | undefined} program */
async function killOwn(program) {
  program?.signal('SIGKILL');
  await program?.ended;
}

/**
 * Waits for both, also when one fails: what the other started must be known before everything is stopped.
 * @template A, B
 * @param {Promise<A>} first
 * @param {Promise<B>} second
 * @returns {Promise<[A, B]>}
 */
async function bothOrNeither(first, second) {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
