/** The page of a logged-in user. */

import { html } from '../html.mjs';
import { deviceList } from './devices.mjs';
import { banner, clock, footer, layout } from './layout.mjs';
import { statistics } from './statistics.mjs';
import { tableList } from './tables.mjs';

/**
 * public/live.mjs refreshes the content of elements with `data-live`. Each of them needs an id.
 *
 * @param user { name, count, survived }; `survived`: the session is older than the server process
 * @param devices as `sessionsOf` lists them
 * @param tables as `readTables` returns them
 * @param stats as `stats` returns them
 * @param burst the result of the last burst, if any
 */
export const homePage = ({ user, devices, tables, stats, burst, startedAt }) =>
  layout(
    `${user.name} · Session store demo`,
    html`
      ${banner(html`
        <div class="actions">
          ${liveView}
          <form method="post" action="/logout"><button class="quiet small">Log out</button></form>
        </div>
      `)}
      <main>
        <div>
          <h1>Hello, <bdi>${user.name}</bdi></h1>
          <p class="lead">Your session is a row in a SQL table. This page shows how it changes.</p>
        </div>
        <div class="pair">${sessionCard(user, startedAt)} ${deviceList(devices, user.name)}</div>
        ${tableList(tables)} ${statistics(stats, burst)}
      </main>
      ${footer(startedAt)}
    `,
    devices.find(({ current }) => current)?.handle,
  );

/** With JavaScript, the page refreshes itself and can be paused. Without, the link reloads it. */
const liveView = html`
  <span id="live-status" class="hint" role="status"></span>
  <a id="refresh" href="/">Refresh</a>
  <button id="pause" type="button" class="quiet small" aria-pressed="false" hidden>Pause live view</button>
`;

const sessionCard = ({ count, survived }, startedAt) => html`
  <section class="card" id="session" aria-labelledby="session-title">
    <h2 id="session-title">Your session</h2>
    <p class="count" id="count" data-live>Counter: <span class="number">${count}</span></p>
    <form method="post" action="/count"><button>Add one</button></form>
    <div id="survival" role="status" data-live>
      ${
        survived
          ? html`<p class="note">
              This session survived a restart: the server started at ${clock(startedAt)}.
            </p>`
          : html`<p class="hint">
              Add a few, stop the server with <kbd>Ctrl</kbd>+<kbd>C</kbd>, and run <code>npm start</code>:
              the counter keeps its value.
            </p>`
      }
    </div>
  </section>
`;
