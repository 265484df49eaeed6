import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runToEnd } from './child-process.mjs';
import { withLock } from './lock.mjs';

/** Folders that builds make, or that no build reads. */
const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'dist-ide', 'test', 'coverage']);

/**
 * Builds all projects, unless no source file changed since the last build. Nx itself would find that out too, but takes
 * two seconds to say so.
 * @param {string} root the repository's folder
 * @param {string} logFile the build's output
 * @returns {Promise<boolean>} whether a build ran
 */
export async function buildProjects(root, logFile) {
  const stamp = join(root, 'node_modules/.cache/graphdesk/built');
  const isCurrent = () => isBuilt(root) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesDigest(root);
  if (isCurrent()) return false;
  return withLock(join(root, '.graphdesk/build.lock'), async () => {
    if (isCurrent()) return false; // another process just did it
    const digest = sourcesDigest(root);
    const args = [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'build', '--output-style', 'static'];
    // Nx's background process would stay behind after we are gone.
    const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
    await runToEnd({ name: 'nx build', command: process.execPath, args, cwd: root, env, logFile });
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
    return true;
  });
}

/**
 * The projects of the workspace that have something to build.
 * @param {string} root
 */
function projects(root) {
  return ['apps', 'libs'].flatMap((kind) =>
    readdirSync(join(root, kind))
      .map((name) => join(root, kind, name))
      .filter((folder) => existsSync(join(folder, 'src')) && hasBuildTarget(join(folder, 'package.json'))),
  );
}

/** @param {string} file a package.json */
function hasBuildTarget(file) {
  return existsSync(file) && Boolean(JSON.parse(readFileSync(file, 'utf8')).nx?.targets?.build);
}

/** @param {string} root */
function isBuilt(root) {
  return projects(root).every((folder) => existsSync(join(folder, 'dist')));
}

/**
 * One digest over the content of everything a build reads.
 * @param {string} root
 */
function sourcesDigest(root) {
  const hash = createHash('sha256');
  const files = ['package-lock.json', 'nx.json', '.swcrc', 'tsconfig.base.json'].map((file) => join(root, file));
  for (const folder of projects(root)) files.push(...filesUnder(folder));
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesUnder(path);
    return entry.isFile() && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}
