import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../../db/root.js';

const bootstrap = dirname(createRequire(import.meta.url).resolve('bootstrap/package.json'));
const own = join(packageRoot, 'views/assets');

const files = Object.freeze({ 'bootstrap.css': join(bootstrap, 'dist/css/bootstrap.min.css'), 'app.css': join(own, 'app.css'), 'app.js': join(own, 'app.js') });

/** Address of an asset: its hash stands in it, so browsers may keep it for good. */
export function assetHref(name: keyof typeof files): string {
  return hrefs[name];
}

const hrefs: Readonly<Record<keyof typeof files, string>> = Object.freeze({ 'bootstrap.css': hashed('bootstrap.css'), 'app.css': hashed('app.css'), 'app.js': hashed('app.js') });

function hashed(name: keyof typeof files): string {
  return `/assets/${createHash('sha256').update(readFileSync(files[name])).digest('hex').slice(0, 12)}/${name}`;
}

/** Serves the style sheets and the script from the package itself: no network is asked for anything. */
export const assetsPlugin = fp(async (app: FastifyInstance) => {
  await app.register(fastifyStatic, { root: own, serve: false });
  for (const name of ['bootstrap.css', 'app.css', 'app.js'] as const) {
    const file = files[name];
    app.get(hrefs[name], { config: { open: true } }, (_request, reply) => reply.header('cache-control', 'public, max-age=31536000, immutable').sendFile(basename(file), dirname(file), { cacheControl: false }));
  }
  app.get('/favicon.ico', { config: { open: true } }, (_request, reply) => reply.code(204).send());
}, { name: 'assets' });
