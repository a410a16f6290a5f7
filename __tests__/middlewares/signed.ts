/** Cookies with ids of the tester's own, for who has the app's secret: as express-session and @fastify/session sign them. */

import { createHmac } from 'node:crypto';

/** @param prefix express-session marks signed cookies with `s:` */
export const signed = (id: string, secret: string, prefix: 's:' | '' = 's:'): string => {
  const signature = createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '');
  return encodeURIComponent(`${prefix}${id}.${signature}`);
};
