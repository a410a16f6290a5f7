/** The pages of the demo, as HTML. */

import { html } from './html.mjs';

/** In UTF-16 code units, as the browser counts for `maxlength`. */
export const longestName = 40;

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/**
 * @param user { name, count, survived }, or undefined while nobody is logged in; `survived`: this session was
 * there before the server started
 * @param row the row of the user's session: { id, data, expires (seconds since the epoch) }
 * @param attempt { name, problem } of a login that was refused
 * @param sessions how many live sessions there are
 */
export const homePage = ({ user, row, attempt, tableName, startedAt, sessions }) =>
  layout(
    attempt === undefined ? 'Sessions that stay' : 'Please check the name · Sessions that stay',
    html`
      <header>
        <p class="package">koa-generic-session-knex</p>
        <h1>Sessions that stay</h1>
        <p>
          This page keeps your session in a row of a SQLite table. Stop the server, start it again: you are
          still here.
        </p>
      </header>
      <main>
        ${user === undefined ? loginCard(attempt) : html`${userCard(user, startedAt)}${row && rowCard(row, tableName)}`}
      </main>
      <footer>
        <p>
          Live sessions in the table: ${sessions}. This server started at ${timeFormat.format(startedAt)}.
        </p>
      </footer>
    `,
  );

const loginCard = (attempt) => html`
  <section class="card" aria-labelledby="login">
    <h2 id="login">Log in</h2>
    <form method="post" action="/login">
      <label for="name">Your name</label>
      <p class="hint" id="hint">Any name will do, and there is no password.</p>
      ${attempt && html`<p class="problem" id="problem">${attempt.problem}</p>`}
      <div class="field">
        <input
          id="name"
          name="name"
          value="${attempt?.name}"
          maxlength="${longestName}"
          autocomplete="nickname"
          required
          autofocus
          aria-describedby="${attempt ? 'problem hint' : 'hint'}"
          aria-invalid="${attempt ? 'true' : 'false'}"
        />
        <button>Log in</button>
      </div>
    </form>
  </section>
`;

const userCard = ({ name, count, survived }, startedAt) => html`
  <section class="card" aria-labelledby="hello">
    <h2 id="hello">Hello, <bdi>${name}</bdi></h2>
    <p class="count"><span class="number">${count}</span> counted in this session</p>
    <div class="actions">
      <form method="post" action="/count"><button>Count one more</button></form>
      <form method="post" action="/logout"><button class="quiet">Log out</button></form>
    </div>
    ${
      survived
        ? html`<p class="survived">
            Your session survived a restart: it is older than this server, which started at
            ${timeFormat.format(startedAt)}.
          </p>`
        : html`<p class="hint">
            Try it: count a little, stop the server with <kbd>Ctrl</kbd>+<kbd>C</kbd>, run
            <code>npm start</code>, and reload this page.
          </p>`
    }
  </section>
`;

const rowCard = ({ id, data, expires }, tableName) => {
  const end = new Date(expires * 1000);
  return html`
    <section class="card" aria-labelledby="row">
      <h2 id="row">Your row</h2>
      <p class="hint">All that the database knows of your session, in table <code>${tableName}</code>.</p>
      <table aria-labelledby="row">
        <tr>
          <th scope="row">id</th>
          <td><code>${id.slice(0, 8)}…</code> <span class="hint">the rest is your secret</span></td>
        </tr>
        <tr>
          <th scope="row">data</th>
          <td><code>${data.split(/(?<=,)/).map((part) => html`${part}<wbr />`)}</code></td>
        </tr>
        <tr>
          <th scope="row">expires</th>
          <td>
            <code>${expires}</code>
            <time class="hint" datetime="${end.toISOString()}">${dateFormat.format(end)}</time>
          </td>
        </tr>
      </table>
    </section>
  `;
};

const messages = {
  403: ['That came from another site', 'For your safety, forms of other sites are not accepted here.'],
  404: ['There is no such page', 'The address may be mistyped.'],
  405: ['That does not work here', 'This address takes no requests of that kind.'],
  411: ['That form did not say how long it is', 'Please send it with a Content-Length.'],
  413: ['That is too much', 'Please send something shorter.'],
  415: ['That is no form', 'Please use the form on the home page.'],
};
const excuse = ['Something went wrong on our side', 'Your session is safe. Please try again in a moment.'];

/** @param status of the HTTP response; a visitor learns no more of an error than that */
export const errorPage = (status) => {
  const [title, advice] = messages[status] ?? excuse;
  return layout(
    title,
    html`
      <header>
        <p class="package">koa-generic-session-knex</p>
        <h1>${title}</h1>
        <p>${advice}</p>
      </header>
      <main>
        <p><a href="/">Back to the home page</a></p>
      </main>
    `,
  );
};

const layout = (title, content) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        ${content}
      </body>
    </html> `.toString();
