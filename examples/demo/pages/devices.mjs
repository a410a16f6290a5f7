/** The user's devices, with logout buttons. */

import { html } from '../html.mjs';
import { amount, moment } from './layout.mjs';

/** @param devices as `sessionsOf` lists them, last used first */
export const deviceList = (devices, name) => {
  // The current device first.
  const ordered = [...devices].sort((a, b) => Number(b.current) - Number(a.current));
  return html`
    <section class="card" id="devices" aria-labelledby="devices-title">
      <h2 id="devices-title">Your devices</h2>
      <p class="hint" id="devices-sum" role="status" data-live>
        <bdi>${name}</bdi> is logged in on ${amount(devices.length, 'device')}.
      </p>
      <div id="devices-list" data-live>
        <ul class="devices">
          ${ordered.map(device)}
        </ul>
        ${
          devices.length > 1
            ? html`<form method="post" action="/devices/logout-others">
                <button id="logout-others">Log out everywhere else</button>
              </form>`
            : html`<p class="hint">
                To add a second device, open this page in another browser or a private window, and log in with
                the same name.
              </p>`
        }
      </div>
    </section>
  `;
};

const device = ({ handle, current, updated, session }) => {
  const since = moment(new Date(session.since));
  return html`
    <li>
      <div>
        <p>
          <strong>${session.device}</strong>
          ${current && html`<span class="badge">This device</span>`}
        </p>
        <p class="hint">Logged in: ${since} · last saved: ${updated && moment(updated)}</p>
      </div>
      <form method="post" action="/devices/logout">
        <input type="hidden" name="handle" value="${handle}" />
        <button class="quiet small" id="logout-${handle}">
          Log out<span class="visually-hidden"> ${session.device}, logged in ${since}</span>
        </button>
      </form>
    </li>
  `;
};
