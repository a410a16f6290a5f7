/** The login page. */

import { html } from '../html.mjs';
import { longestName } from '../name.mjs';
import { banner, footer, layout } from './layout.mjs';

/**
 * @param attempt { name, problem } of a rejected login
 * @param hasEnded whether a session on this device has ended
 * @param startedAt when this server started
 */
export const loginPage = ({ attempt, hasEnded, startedAt }) =>
  layout(
    attempt === undefined ? 'Session store demo' : 'Please check the name · Session store demo',
    html`
      ${banner()}
      <main class="narrow">
        <h1>Session store demo</h1>
        <p class="lead">
          Your session will be a row in a SQL table. You stay logged in when the server restarts.
        </p>
        ${
          hasEnded &&
          html`<p class="note" role="status">
            Your session on this device has ended: another device logged it out, or it expired.
          </p>`
        }
        <section class="card" aria-labelledby="login">
          <h2 id="login">Log in</h2>
          <form method="post" action="/login">
            <label for="name">Your name</label>
            <p class="hint" id="hint">Any name works. There is no password.</p>
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
        <section aria-labelledby="then">
          <h2 id="then">What you will see</h2>
          <ul class="promises">
            <li><strong>Your devices</strong>, each with a logout button.</li>
            <li><strong>Your row</strong> in the table: plain, with hashed ids, and encrypted.</li>
            <li><strong>Live statistics</strong>: how many calls share a SQL statement.</li>
          </ul>
        </section>
      </main>
      ${footer(startedAt)}
    `,
  );
