/** Fastify 5 with @fastify/session, through the adapter. */

import { fastifySession as middleware } from './middlewares';
import { behavesAsSessions, behavesOnServers, describeFormats } from './support';

describe('Fastify 5 with @fastify/session', () => {
  behavesOnServers(middleware, 'cjs');

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });
  });
});
