/** The parts that all pages share. */

import { html } from '../html.mjs';

/**
 * @param title of the page, for the browser's tab
 * @param content of the body, as an `html` template
 * @param session identifies the user's session to the live view, if there is one
 * @returns the whole page as text
 */
export const layout = (title, content, session) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/favicon.svg" />
        ${['base', 'forms', 'layout', 'parts'].map((name) => html`<link rel="stylesheet" href="/${name}.css" />`)}
        ${session && html`<script type="module" src="/live.mjs"></script>`}
      </head>
      <body data-session="${session}">
        ${content}
      </body>
    </html> `.toString();

/** The bar at the top. @param aside content at its end */
export const banner = (aside) => html`
  <header class="banner">
    <p class="package"><img src="/favicon.svg" alt="" width="28" height="28" />koa-generic-session-knex</p>
    ${aside}
  </header>
`;

/** @param startedAt when this server started */
export const footer = (startedAt) => html`
  <footer>
    <p>
      This server started at ${clock(startedAt)}. It accepts connections only from this machine, and has no
      passwords: anyone who can open this page can log in with any name, and end the sessions of that name.
    </p>
  </footer>
`;

const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const timeElement = (date, text) => html`<time datetime="${date.toISOString()}">${text}</time>`;

/** The time of day, with seconds. */
export const clock = (date) => timeElement(date, clockFormat.format(date));

/** The time, and the date unless it is today. */
export const moment = (date) => {
  const isToday = date.toDateString() === new Date().toDateString();
  return timeElement(date, (isToday ? timeFormat : dateFormat).format(date));
};

const numberFormat = new Intl.NumberFormat('en-GB');

/** A number with its noun: '1 call', '1,204 calls'. @param nouns an irregular plural */
export const amount = (value, noun, nouns = `${noun}s`) =>
  `${numberFormat.format(value)} ${value === 1 ? noun : nouns}`;

/** '1,204'. */
export const number = (value) => numberFormat.format(value);
