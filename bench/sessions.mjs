/** The sessions that are stored: of a realistic size, 300 to 350 bytes of JSON with the middleware's cookie. */

/** @returns what an app keeps of user `n` */
export const userOf = (n) => {
  const number = String(n).padStart(8, '0');
  return {
    userId: `5f0c2e9a-7b41-4d3e-9c58-0000${number}`,
    name: `User ${number}`,
    email: `user.${number}@example.org`,
    roles: ['reader', 'editor', 'reviewer'],
    csrfToken: `kJ3vQ9xW7zR2mN5tB8yL4pH6sD1fG0aC${number}`,
    locale: 'en-GB',
    count: 0,
  };
};

/** What koa-generic-session adds. */
const cookie = { httpOnly: true, path: '/', overwrite: true, signed: true, maxAge: 86_400_000 };

/** @returns the whole session of user `n`, as koa-generic-session hands it to a store */
export const sessionOf = (n, count = 0) => ({ cookie, ...userOf(n), count });
