import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const folder = fileURLToPath(new URL('../../dist-ide', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** The page loads nothing from elsewhere, and a browser that is told so refuses to try. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the bundled IDE at `/ide`, open to everybody: it holds no data, and each request it sends needs a token. */
export function ideRoutes(): (scope: FastifyInstance) => void {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => extname(file) in TYPES) : [];
  return (scope) => {
    scope.get('/ide', (_request, reply) =>
      files.includes('index.html')
        ? reply.redirect('/ide/index.html')
        : reply.code(404).send({ code: 'IDE_NOT_BUILT', message: 'Build it: npx nx run @graphdesk/gateway:build-ide' }),
    );
    for (const file of files) {
      scope.get(`/ide/${file}`, (_request, reply) =>
        reply
          .header('content-type', TYPES[extname(file)])
          .header('content-security-policy', POLICY)
          .header('x-content-type-options', 'nosniff')
          .send(createReadStream(join(folder, file))),
      );
    }
  };
}
