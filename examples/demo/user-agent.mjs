/** Names a device from the User-Agent header. The header is untrusted: names come only from these lists. */

// The order matters: Edge and Opera also contain Chrome, and Chrome contains Safari.
const browsers = [
  ['Edge', /\bEdg(?:A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
];

// The order matters here too: Android also contains Linux, and an iPhone contains Mac OS X.
const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

const firstMatch = (rules, text) => rules.find(([, rule]) => rule.test(text))?.[0];

/** @returns for example 'Firefox on Linux'; 'Unknown browser' without a match */
export const deviceOf = (userAgent) => {
  const browser = firstMatch(browsers, userAgent) ?? 'Unknown browser';
  const system = firstMatch(systems, userAgent);
  return system === undefined ? browser : `${browser} on ${system}`;
};
