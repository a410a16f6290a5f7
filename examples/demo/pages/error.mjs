/** The page for whatever went wrong. */

import { html } from '../html.mjs';
import { banner, layout } from './layout.mjs';

const messages = {
  403: ['That came from another site', 'For your safety, forms of other sites are not accepted here.'],
  404: ['There is no such page', 'The address may be mistyped.'],
  405: ['That does not work here', 'This address takes no requests of that kind.'],
  409: ['That is no device of yours', 'It may have been logged out already. Nothing was changed.'],
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
      ${banner()}
      <main class="narrow">
        <h1>${title}</h1>
        <p class="lead">${advice}</p>
        <p><a href="/">Back to the home page</a></p>
      </main>
    `,
  );
};
