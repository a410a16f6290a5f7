/** Bar charts as SVG that can be read on light and dark pages, by eye and by screen reader; drawn without a browser. */

import { init } from 'echarts';

/** Colours of the page that it stands on: the background is its own, and the text on it has enough contrast. */
const style = `<style>
  svg { --back: #ffffff; --text: #24292f; --muted: #57606a; --line: #d0d7de; --one: #0969da; --two: #9a6700; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --text: #e6edf3; --muted: #9198a1; --line: #3d444d; --one: #4493f8; --two: #d29922; }
  }
</style>`;

/** On the background, so that no line strikes them through. */
const labels = {
  show: true,
  position: 'right',
  color: 'var(--muted)',
  textBorderColor: 'var(--back)',
  textBorderWidth: 3,
};

const width = 880;
const rowHeight = 44;

const escape = (text) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

/** The chart in words, for those who do not see it. */
const inWords = ({ subtitle, groups, series }) => {
  const rows = groups.map(
    (group, index) =>
      `${group}: ${series.map(({ name, bars }) => `${name} ${bars[index].label}`).join('; ')}.`,
  );
  return [subtitle, ...rows].join('\n');
};

/** Behind bars and labels. */
const referenceLine = (value) => ({
  silent: true,
  z: 1,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: 'var(--muted)', type: 'dashed' },
  data: [{ xAxis: value }],
});

const optionOf = ({ title, subtitle, groups, series, reference, unit = '', isLogarithmic = false }) => ({
  animation: false,
  backgroundColor: 'var(--back)',
  color: ['var(--one)', 'var(--two)'],
  textStyle: { fontFamily: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" },
  title: {
    text: title,
    subtext: subtitle,
    left: 20,
    top: 14,
    textStyle: { color: 'var(--text)', fontSize: 16 },
    subtextStyle: { color: 'var(--muted)', fontSize: 12 },
  },
  legend: { right: 20, top: 60, selectedMode: false, textStyle: { color: 'var(--text)' } },
  grid: { left: 292, right: 128, top: 92, bottom: 34 },
  xAxis: {
    ...(isLogarithmic ? { type: 'log' } : { type: 'value', min: 0 }),
    axisLabel: {
      color: 'var(--muted)',
      formatter: (tick) => `${tick.toLocaleString('en')}${unit}`,
    },
    splitLine: { lineStyle: { color: 'var(--line)' } },
  },
  yAxis: {
    type: 'category',
    data: groups,
    inverse: true,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: 'var(--line)' } },
    axisLabel: { color: 'var(--text)', fontSize: 13 },
  },
  series: series.map(({ name, bars }, index) => ({
    name,
    type: 'bar',
    silent: true,
    barGap: '10%',
    barCategoryGap: '28%',
    data: bars.map(({ value, label }) => ({ value, label: { ...labels, formatter: label } })),
    ...(index > 0 || reference === undefined ? {} : { markLine: referenceLine(reference) }),
  })),
});

/**
 * @param groups what each row is called, from top to bottom
 * @param series up to two `{ name, bars: [{ value, label }] }`, one bar for each group
 * @param reference a value that a line marks through all rows
 * @param unit behind the figures of the axis
 * @param isLogarithmic whether each line of the axis is ten times the one before
 */
export const barChart = (chart) => {
  const height = 126 + chart.groups.length * rowHeight;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height });
  drawing.setOption(optionOf(chart));
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  const head =
    `<title id="title">${escape(chart.title)}</title>\n` +
    `<desc id="description">${escape(inWords(chart))}</desc>\n${style}`;
  return (
    svg
      // What a page would need to react to the pointer; its names differ from drawing to drawing.
      .replace(/<style ><!\[CDATA\[[^]*?\]\]>\s*<\/style>\n?/, '')
      .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
      .replace(/^<svg ([^>]*)>/, (_tag, attributes) =>
        [`<svg ${attributes} role="img" aria-labelledby="title description">`, head].join('\n'),
      )
  );
};
