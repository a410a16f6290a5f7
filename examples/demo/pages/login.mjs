/** The page of somebody who is not logged in. */

import { html } from '../html.mjs';
import { longestName } from '../name.mjs';
import { banner, footer, layout } from './layout.mjs';

/**
 * @param attempt { name, problem } of a login that was refused
 * @param hasEnded whether there was a session on this device, which is over
 * @param startedAt when this server started
 */
export const loginPage = ({ attempt, hasEnded, startedAt }) =>
  layout(
    attempt === undefined ? 'Sessions that stay' : 'Please check the name · Sessions that stay',
    html`
      ${banner()}
      <main class="narrow">
        <h1>Sessions that stay</h1>
        <p class="lead">
          Log in, and your session is a row in a SQL table. Stop the server, start it again: you are still
          here.
        </p>
        ${
          hasEnded &&
          html`<p class="note" role="status">
            Your session on this device is over: it was ended from another device, or its time was up.
          </p>`
        }
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
        <section aria-labelledby="then">
          <h2 id="then">What you will see</h2>
          <ul class="promises">
            <li><strong>Your devices</strong>, each with a button that logs it out.</li>
            <li><strong>Your row</strong> in the table: as it is, with hashed ids, and sealed.</li>
            <li><strong>What the store does</strong>, live: how many calls share a statement.</li>
          </ul>
        </section>
      </main>
      ${footer(startedAt)}
    `,
  );
