/** A minimal browser: HTTP requests and cookies. */

import { get } from 'node:http';

const request = (url, headers) =>
  new Promise((resolve, reject) => {
    // Without an agent, each request uses a new connection and closes it.
    get(url, { headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.once('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    }).once('error', reject);
  });

/** @returns `visit(path)`, which resolves with the app's response, and `cookies` by name */
export const createVisitor = (address, cookies = new Map()) => ({
  cookies,
  visit: async (path) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { status, headers, text } = await request(`${address()}${path}`, cookie === '' ? {} : { cookie });
    if (status !== 200) throw new Error(`${path}: the app answered ${status}: ${text}`);
    for (const line of headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      cookies.set(name, value);
    }
    return JSON.parse(text);
  },
});
