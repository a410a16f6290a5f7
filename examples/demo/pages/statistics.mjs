/** The most important statistics of the store since the server started. */

import { html } from '../html.mjs';
import { statementsOf } from '../burst.mjs';
import { amount, number } from './layout.mjs';

/**
 * @param stats as `stats` returns them
 * @param burst { requests, calls, statements } of the last burst, if any
 */
export const statistics = (stats, burst) => {
  const { calls, savedWrites, hits, misses, retries, outages, failures } = stats;
  return html`
    <section class="card" id="statistics" aria-labelledby="statistics-title">
      <h2 id="statistics-title">Store statistics</h2>
      <p class="hint">
        From <code>store.stats()</code> of the third store, since the server started. The live view itself
        reads your session every two seconds.
      </p>
      <dl class="figures" id="figures" data-live>
        ${figure(number(calls.get + calls.set + calls.destroy + calls.touch), 'calls')}
        ${figure(number(statementsOf(stats)), 'SQL statements')}
        ${figure(number(savedWrites.unchanged + savedWrites.merged), 'writes avoided')}
        ${figure(`${number(hits)} of ${number(hits + misses)}`, 'reads that found a session')}
      </dl>
      <p class="hint" id="troubles" data-live>
        ${amount(retries, 'retry', 'retries')}, ${amount(outages, 'outage')},
        ${amount(failures, 'failed call')}.
      </p>
      <div class="burst">
        <form method="post" action="/burst"><button>Simulate 200 requests</button></form>
        <p id="burst" role="status" data-live>
          ${
            burst === undefined
              ? 'Each request reads your session and saves it unchanged. How many SQL statements does that take?'
              : html`<strong>${amount(burst.requests, 'request')}</strong> made
                  <strong>${amount(burst.calls, 'call')}</strong> in
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
