/** Middlewares for every request: headers, assets, error pages, and protection from cross-site requests. */

import { readFileSync } from 'node:fs';
import { errorPage } from './pages/error.mjs';

const asset = (name) => readFileSync(new URL(`public/${name}`, import.meta.url), 'utf8');
const assets = new Map(
  ['base.css', 'forms.css', 'layout.css', 'parts.css', 'favicon.svg', 'live.mjs'].map((name) => [
    `/${name}`,
    asset(name),
  ]),
);

const headers = {
  'Cache-Control': 'no-store',
  // Only files of the demo: injected markup could not run a script.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

export const friendlyErrors = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    // Only errors that Koa marks for users determine the status.
    ctx.status = error.expose === true ? error.status : 500;
    ctx.set(error.expose === true ? (error.headers ?? {}) : {});
    ctx.body = errorPage(ctx.status);
    if (ctx.status === 500) ctx.app.emit('error', error, ctx);
  }
};

export const setHeaders = async (ctx, next) => {
  ctx.set(headers);
  await next();
};

export const serveAssets = async (ctx, next) => {
  const body = ctx.method === 'GET' || ctx.method === 'HEAD' ? assets.get(ctx.path) : undefined;
  if (body === undefined) return next();
  ctx.type = ctx.path.slice(ctx.path.lastIndexOf('.'));
  ctx.body = body;
};

/** Browsers send `sameSite` cookies across the ports of one host, and a login needs no cookie. */
export const refuseOtherSites = async (ctx, next) => {
  const from = ctx.get('Sec-Fetch-Site');
  if (ctx.method === 'POST' && from !== '' && from !== 'same-origin' && from !== 'none') ctx.throw(403);
  await next();
};

/** Redirects after a POST, which reloading does not repeat. @param section of the page to return to */
export const goHome = (ctx, section) => {
  ctx.redirect(section === undefined ? '/' : `/#${section}`);
  ctx.status = 303;
};
