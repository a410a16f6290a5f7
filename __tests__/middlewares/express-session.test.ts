/** Express 5 with express-session, through the adapter. */

import { expressSession as middleware } from './middlewares';
import { behavesAsSessions, behavesOnServers, describeFormats } from './support';

describe('Express 5 with express-session', () => {
  behavesOnServers(middleware, 'esm');

  describeFormats((format) => {
    behavesAsSessions(middleware, { format });
  });
});
