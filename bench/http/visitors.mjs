/** Users who log in over HTTP, and what the app answers them afterwards. */

import { userOf } from '../sessions.mjs';
import { inParallel } from '../support/parallel.mjs';

/** @returns `count` users, each with a cookie of its own */
export const logIn = async (url, count) => {
  const visitors = Array.from({ length: count }, (_, user) => ({ user, name: userOf(user).name, count: 0 }));
  await inParallel(visitors, async (visitor) => {
    const response = await fetch(`${url}/login?user=${visitor.user}`);
    const answer = await response.text();
    check(response.ok, `${visitor.name} could not log in: ${response.status} ${answer}`);
    check(answer === visitor.name, `${visitor.name} became ${answer}`);
    const cookies = response.headers.getSetCookie();
    check(cookies.length > 0, `${visitor.name} got no cookie`);
    visitor.cookie = cookies.map((line) => line.split(';')[0]).join('; ');
  });
  return visitors;
};

/** @returns visitors of an app without sessions, where everybody is user 0 */
export const anonymous = (count) =>
  Array.from({ length: count }, () => ({ name: userOf(0).name, cookie: '', count: 0 }));

/** @throws Error unless every visitor is still known, and no write that was answered has been lost */
export const checkVisitors = (url, visitors) =>
  inParallel(visitors, async ({ name, cookie, count }) => {
    const response = await fetch(`${url}/session`, { headers: { cookie } });
    check(response.ok, `${name} is not logged in any more: ${response.status}`);
    const session = await response.json();
    check(session.name === name, `${name} is taken for ${session.name}`);
    check(session.count >= count, `${name} was told ${count}, but the store has ${session.count}`);
  });

const check = (condition, message) => {
  if (!condition) throw new Error(message);
};
