/** The block puts koa-generic-session 1, `session`, into a Koa 1 app, `app`. Then somebody logs in, visits, and logs out. */

'use strict';

const koa = require('koa-1');
const session = require('koa-generic-session-1');

import('./support.mjs').then(async ({ checkVisits, handle, knex }) => {
  const app = koa();
  app.keys = ['a key of the tests'];
  {
    /* block */
  }
  await checkVisits(app, {
    *handler() {
      handle(this);
    },
  });
  await knex.destroy();
});
