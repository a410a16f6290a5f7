/** The block requires koa-session as `session`, in a CommonJS app. */
/* global session */

'use strict';

const Koa = require('koa');

/* block */

const app = new Koa();
app.keys = ['a key of the tests'];
app.use(session({}, app));
