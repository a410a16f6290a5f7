/** Bar charts as SVG that can be read on light and dark pages, by eye and by screen reader. */

import { ticksOf } from './scale.mjs';

const width = 880;
const left = 292;
const right = 128;
const plot = width - left - right;
const top = 92;
const bottom = 34;
const bar = 15;
const gap = 14;

/** Colours of the page that it stands on: the background is its own, and the text on it has enough contrast. */
const style = `
  svg { --back: #ffffff; --text: #24292f; --muted: #57606a; --line: #d0d7de; --one: #0969da; --two: #9a6700; --three: #8250df; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --text: #e6edf3; --muted: #9198a1; --line: #3d444d; --one: #4493f8; --two: #d29922; --three: #ab7df8; }
  }
  text { font: 12px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: var(--text); }
  .title { font-size: 16px; font-weight: 600; }
  .muted { fill: var(--muted); }
  .label { fill: var(--muted); stroke: var(--back); stroke-width: 3px; paint-order: stroke; }
  .group { font-size: 13px; text-anchor: end; }
  .tick { fill: var(--muted); text-anchor: middle; }
  .line { stroke: var(--line); }
  .reference { stroke: var(--muted); stroke-dasharray: 4 3; }
  .one { fill: var(--one); }
  .two { fill: var(--two); }
  .three { fill: var(--three); }
`;

const classes = ['one', 'two', 'three'];

const escape = (text) =>
  String(text).replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign],
  );

/** Half a pixel is as much as anybody sees. */
const at = (number) => String(Math.round(number * 2) / 2);

const text = (x, y, content, className) =>
  `<text x="${at(x)}" y="${at(y)}"${className === undefined ? '' : ` class="${className}"`}>${escape(content)}</text>`;

const vertical = (x, from, to, className) =>
  `<line x1="${at(x)}" x2="${at(x)}" y1="${at(from)}" y2="${at(to)}" class="${className}" />`;

/** From right to left: the last name ends at the right edge. */
const legend = (series) => {
  let x = width - 20;
  return [...series.entries()].reverse().flatMap(([index, { name }]) => {
    x -= name.length * 6.6 + 22;
    const square = `<rect x="${at(x)}" y="60" width="11" height="11" rx="2" class="${classes[index]}" />`;
    return [square, text(x + 16, 70, name)];
  });
};

/** The chart in words, for those who do not see it. */
const inWords = ({ subtitle, groups, series }) => {
  const rows = groups.map(
    (group, index) =>
      `${group}: ${series.map(({ name, bars }) => `${name} ${bars[index].label}`).join('; ')}.`,
  );
  return [subtitle, ...rows].join('\n');
};

/**
 * @param groups what each row is called, from top to bottom
 * @param series up to three `{ name, bars: [{ value, label }] }`, one bar for each group
 * @param reference a value that a line marks through all rows
 * @param unit behind the figures of the axis
 * @param isLogarithmic whether each line of the axis is ten times the one before
 */
export const barChart = (chart) => {
  const { title, subtitle, groups, series, reference, unit = '', isLogarithmic = false } = chart;
  const rowHeight = series.length * bar + gap;
  const end = top + groups.length * rowHeight;
  const height = end + bottom;
  const values = series.flatMap(({ bars }) => bars.map(({ value }) => value));
  const { ticks, share } = ticksOf(values, isLogarithmic);
  const x = (value) => left + plot * share(value);

  const axis = ticks.flatMap((tick) => [
    vertical(x(tick), top - 6, end, 'line'),
    text(x(tick), end + 18, `${tick.toLocaleString('en')}${unit}`, 'tick'),
  ]);
  const rows = groups.flatMap((group, row) => {
    const y = top + row * rowHeight;
    return [
      text(left - 10, y + (rowHeight - gap) / 2 + 4.5, group, 'group'),
      ...series.flatMap(({ bars }, index) => {
        const { value, label } = bars[row];
        const from = y + index * bar;
        return [
          `<rect x="${at(left)}" y="${at(from)}" width="${at(x(value) - left)}" height="${bar - 2}" class="${classes[index]}" />`,
          text(x(value) + 6, from + 10.5, label, 'label'),
        ];
      }),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="description">${escape(inWords(chart))}</desc>`,
    `<style>${style}</style>`,
    `<rect width="${width}" height="${height}" rx="6" fill="var(--back)" />`,
    text(20, 30, title, 'title'),
    text(20, 50, subtitle, 'muted'),
    ...legend(series),
    ...axis,
    ...(reference === undefined ? [] : [vertical(x(reference), top - 6, end, 'reference')]),
    ...rows,
    '</svg>',
  ].join('\n');
};
