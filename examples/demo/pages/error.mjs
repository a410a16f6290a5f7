/** The error page. */

import { html } from '../html.mjs';
import { banner, layout } from './layout.mjs';

const messages = {
  403: ['Request from another site', 'For your safety, the demo accepts only its own forms.'],
  404: ['Page not found', 'Please check the address.'],
  405: ['Method not allowed', 'This address does not accept this kind of request.'],
  409: ['Device not found', 'It may already be logged out. Nothing was changed.'],
  411: ['Length required', 'Please send the form with a Content-Length.'],
  413: ['Form too large', 'Please send something shorter.'],
  415: ['Unsupported form', 'Please use the form on the home page.'],
};
const excuse = ['Something went wrong', 'Your session is safe. Please try again in a moment.'];

/** @param status of the HTTP response; the page shows no other details of the error */
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
