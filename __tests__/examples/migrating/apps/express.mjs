/** An Express app with express-session and connect-session-knex, as it is before it moves. */

import { ConnectSessionKnexStore } from 'connect-session-knex';
import express from 'express';
import session from 'express-session';
import createKnex from 'knex';

const { DATABASE_CLIENT, DATABASE_URL, MAX_AGE, OLD_TABLE, PORT } = process.env;

const knex = createKnex({ client: DATABASE_CLIENT, connection: DATABASE_URL, useNullAsDefault: true });
const store = new ConnectSessionKnexStore({ knex, tableName: OLD_TABLE, cleanupInterval: 0 });

const app = express();
app.use(
  session({
    store,
    secret: ['a newer secret of the tests', 'a secret of the tests'].slice(process.env.OLD_SECRET ? 1 : 0),
    resave: false,
    saveUninitialized: false,
    cookie: MAX_AGE === undefined ? {} : { maxAge: Number(MAX_AGE) },
  }),
);
app.post('/login', (request, response) => {
  request.session.user = request.query.user;
  response.send('Welcome');
});
app.post('/logout', (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.send('Goodbye')));
});
app.get('/', (request, response) => {
  response.json({ user: request.session.user ?? null });
});

await store.ready;
const server = app.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.once('SIGTERM', () => server.close(() => knex.destroy()));
