import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';
import type { Config } from '../config.js';
import { WrongHostError } from '../errors.js';

/** Nothing is fetched from elsewhere and nothing runs inline. No HSTS and no upgrade: the server speaks plain HTTP behind its own proxy. */
export const headersPlugin = fp(async (app, { config }: { config: Config }) => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'"], connectSrc: ["'self'"], formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
    },
    strictTransportSecurity: false, crossOriginOpenerPolicy: false, originAgentCluster: false, referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', (request, _reply, done) => {
    done(isAllowed(request.hostname, config) ? undefined : new WrongHostError('asked under another name', { host: request.hostname }));
  });
}, { name: 'headers' });

/** Asked under a name that nobody gave it, a server may be the tool of a rebinding attack. */
function isAllowed(name: string, config: Config): boolean {
  return config.host === '0.0.0.0' && config.hosts.length <= 4 ? true : config.hosts.includes(name.toLowerCase());
}
