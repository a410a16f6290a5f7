/** The page of somebody who is logged in. */

import { html } from '../html.mjs';
import { deviceList } from './devices.mjs';
import { banner, clock, footer, layout } from './layout.mjs';
import { statistics } from './statistics.mjs';
import { tableList } from './tables.mjs';

/**
 * What stands in an element with `data-live` is kept fresh by public/live.mjs; such an element has an id.
 *
 * @param user { name, count, survived }; `survived`: this session was there before the server started
 * @param devices as `sessionsOf` lists them
 * @param tables as `readTables` reads them
 * @param stats as `stats` counts
 * @param burst what the last burst took, if there was one
 */
export const homePage = ({ user, devices, tables, stats, burst, startedAt }) =>
  layout(
    `${user.name} · Sessions that stay`,
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
          <p class="lead">Your session is a row in a SQL table. This page shows what happens to it.</p>
        </div>
        <div class="pair">${sessionCard(user, startedAt)} ${deviceList(devices, user.name)}</div>
        ${tableList(tables)} ${statistics(stats, burst)}
      </main>
      ${footer(startedAt)}
    `,
    devices.find(({ current }) => current)?.handle,
  );

/** With a script, the page stays fresh and can be paused; without one, it is loaded again. */
const liveView = html`
  <span id="live-status" class="hint" role="status"></span>
  <a id="refresh" href="/">Refresh</a>
  <button id="pause" type="button" class="quiet small" aria-pressed="false" hidden>Pause live view</button>
`;

const sessionCard = ({ count, survived }, startedAt) => html`
  <section class="card" id="session" aria-labelledby="session-title">
    <h2 id="session-title">Your session</h2>
    <p class="count" id="count" data-live><span class="number">${count}</span> counted in it</p>
    <form method="post" action="/count"><button>Count one more</button></form>
    <div id="survival" role="status" data-live>
      ${
        survived
          ? html`<p class="note">
              It survived a restart: it is older than this server, which started at ${clock(startedAt)}.
            </p>`
          : html`<p class="hint">
              Count a little, stop the server with <kbd>Ctrl</kbd>+<kbd>C</kbd>, run <code>npm start</code>:
              the number is still there.
            </p>`
      }
    </div>
  </section>
`;
