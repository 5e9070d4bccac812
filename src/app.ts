import compress from '@fastify/compress';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { accountRoutes } from './account/routes.js';
import { activationRoutes } from './activation/routes.js';
import type { House } from './context.js';
import { firstRunRoutes } from './first-run/routes.js';
import { assetsPlugin } from './plugins/assets.js';
import { brokenAddress, brokenRequest } from './plugins/broken.js';
import { errorsPlugin } from './plugins/errors.js';
import { frameMaker } from './plugins/frame.js';
import { headersPlugin } from './plugins/headers.js';
import { healthRoutes } from './plugins/health.js';
import { peoplePlugin } from './plugins/people.js';
import { sessionsPlugin } from './plugins/sessions.js';
import { viewsPlugin } from './plugins/views.js';
import { designRoutes } from './design/routes.js';
import { evidenceRoutes } from './evidence/routes.js';
import { usualFiles } from './findings/received.js';
import { findingRoutes } from './findings/routes.js';
import { handoverRoutes } from './handover/routes.js';
import { helpRoutes } from './help/routes.js';
import { importRoutes } from './imports/routes.js';
import { periodFileRoutes } from './reporting/period-files.js';
import { periodRoutes } from './reporting/period-routes.js';
import { reportingRoutes } from './reporting/routes.js';
import { meetingRoutes } from './meetings/routes.js';
import { savedViewRoutes } from './saved-views/routes.js';
import { signingRoutes } from './signing/routes.js';
import { campaignRoutes } from './campaigns/routes.js';
import { ruleRoutes } from './rules/routes.js';
import { ledgerRoutes } from './ledger-pages/routes.js';
import { noticeRoutes } from './assignment-notices/routes.js';
import { batchRoutes } from './batches/routes.js';
import { workflowRoutes } from './workflow-page/routes.js';
import { workbenchRoutes } from './workbench/routes.js';
import { auditRoutes } from './audit/routes.js';
import { organisationRoutes } from './organisation/routes.js';
import { successionRoutes } from './organisation/successions.js';
import { personRequestRoutes } from './person-requests/routes.js';
import { peopleListRoutes } from './people/lists/routes.js';
import { peopleRoutes } from './people/routes.js';
import { sampleRoutes } from './samples/routes.js';
import { verificationRoutes } from './verification/routes.js';
import { visitRoutes } from './visits/routes.js';
import { signInRoutes } from './sign-in/routes.js';

/** Bytes. A text over the 20,000 characters of a field is told at the field and kept; only what is many times that is turned away. */
const longestText = 512 * 1024;

/** The application on a house: a table of contents. `code` is the one-time code of an empty ledger; `unlimited` lets one address ask as often as it likes, for the bench. */
export async function buildApp(house: House, { code = null, unlimited = false }: { readonly code?: string | null; readonly unlimited?: boolean } = {}): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = house.log;
  const app = fastify({
    loggerInstance, logController: new LogController({ disableRequestLogging: true }), trustProxy: house.config.trustProxy, bodyLimit: 2 * 1024 * 1024,
    // fastify's own default is to wait for ever.
    requestTimeout: 60_000, connectionTimeout: 120_000, routerOptions: { maxParamLength: 300 },
    frameworkErrors: brokenAddress, clientErrorHandler: brokenRequest,
  });
  await app.register(viewsPlugin, { frame: await frameMaker(house) });
  await app.register(errorsPlugin, { house });
  await app.register(headersPlugin, { config: house.config });
  // Pages go over bad lines: packed they are a fraction (docs/decisions/0023). What comes in is taken as it is.
  await app.register(compress, { encodings: ['gzip'], globalDecompression: false });
  await app.register(rateLimit, { max: unlimited ? 100_000_000 : 1200, timeWindow: '1 minute' });
  await app.register(underPressure, { maxEventLoopDelay: 2000 });
  await app.register(formbody, { bodyLimit: 2 * 1024 * 1024 });
  await app.register(multipart, { throwFileSizeLimit: false, limits: { files: usualFiles, fields: 700, parts: 720, fieldSize: longestText, fieldNameSize: 200, headerPairs: 100, fileSize: house.config.uploadLimit + 1 } });
  await app.register(sessionsPlugin, { house });
  await app.register(assetsPlugin);
  await app.register(peoplePlugin, { house });

  healthRoutes(app, { house });
  signInRoutes(app, { house });
  firstRunRoutes(app, { house, code });
  activationRoutes(app, { house });
  accountRoutes(app, { house });
  workbenchRoutes(app, { house });
  ledgerRoutes(app, { house });
  batchRoutes(app, { house });
  noticeRoutes(app, { house });
  ruleRoutes(app, { house });
  campaignRoutes(app, { house });
  reportingRoutes(app, { house });
  verificationRoutes(app, { house });
  sampleRoutes(app, { house });
  visitRoutes(app, { house });
  periodRoutes(app, { house });
  periodFileRoutes(app, { house });
  findingRoutes(app, { house });
  savedViewRoutes(app, { house });
  signingRoutes(app, { house });
  meetingRoutes(app, { house });
  evidenceRoutes(app, { house });
  importRoutes(app, { house });
  workflowRoutes(app, { house });
  peopleRoutes(app, { house });
  peopleListRoutes(app, { house });
  personRequestRoutes(app, { house });
  handoverRoutes(app, { house });
  organisationRoutes(app, { house });
  successionRoutes(app, { house });
  helpRoutes(app, { house });
  auditRoutes(app, { house });
  if (house.config.development) designRoutes(app);
  return app;
}
