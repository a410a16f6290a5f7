/** What the store has done since the server started, in the few numbers that tell it. */

import { html } from '../html.mjs';
import { statementsOf } from '../burst.mjs';
import { amount, number } from './layout.mjs';

/**
 * @param stats as the store counts
 * @param burst { requests, calls, statements } of the last burst, if there was one
 */
export const statistics = (stats, burst) => {
  const { calls, savedWrites, hits, misses, retries, outages, failures } = stats;
  return html`
    <section class="card" id="statistics" aria-labelledby="statistics-title">
      <h2 id="statistics-title">What the store does</h2>
      <p class="hint">
        Since the server started, as <code>store.stats()</code> of the third store counts it. The live view
        alone reads your session every two seconds.
      </p>
      <dl class="figures" id="figures" data-live>
        ${figure(number(calls.get + calls.set + calls.destroy + calls.touch), 'calls of the store')}
        ${figure(number(statementsOf(stats)), 'statements that they took')}
        ${figure(number(savedWrites.unchanged + savedWrites.merged), 'writes that were not needed')}
        ${figure(`${number(hits)} of ${number(hits + misses)}`, 'reads that found a session')}
      </dl>
      <p class="hint" id="troubles" data-live>
        ${amount(retries, 'retry', 'retries')}, ${amount(outages, 'outage')},
        ${amount(failures, 'failed call')}.
      </p>
      <div class="burst">
        <form method="post" action="/burst"><button>Make 200 requests at once</button></form>
        <p id="burst" role="status" data-live>
          ${
            burst === undefined
              ? 'Each reads your session and saves it unchanged, as requests do. How many statements will that take?'
              : html`<strong>${amount(burst.requests, 'request')}</strong> made
                  <strong>${amount(burst.calls, 'call')}</strong>, and these took
                  <strong>${amount(burst.statements, 'statement')}</strong>.`
          }
        </p>
      </div>
    </section>
  `;
};

const figure = (value, meaning) => html`
  <div>
    <dt>${meaning}</dt>
    <dd>${value}</dd>
  </div>
`;
