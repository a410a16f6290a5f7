/** Bar charts as SVG, drawn without a browser. */

import { init } from 'echarts';

/** A background of its own: the chart is read on light and on dark pages alike. */
const colors = { background: '#ffffff', text: '#24292f', muted: '#57606a', line: '#d0d7de' };
const palette = ['#0969da', '#bf8700'];

/** On the background, so that the reference line does not strike them through. */
const labels = {
  show: true,
  position: 'right',
  color: colors.muted,
  backgroundColor: colors.background,
  padding: [1, 3],
  distance: 3,
  fontSize: 11,
};

const width = 880;
const rowHeight = 44;

/**
 * @param groups what each row is called, from top to bottom
 * @param series `{ name, bars: [{ value, label }] }`, one bar for each group
 * @param reference a value that a line marks through all rows
 */
export const barChart = ({ title, subtitle, groups, series, reference }) => {
  const height = 120 + groups.length * rowHeight;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    backgroundColor: colors.background,
    color: palette,
    textStyle: { fontFamily: 'system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif' },
    title: {
      text: title,
      subtext: subtitle,
      left: 20,
      top: 14,
      textStyle: { color: colors.text, fontSize: 16 },
      subtextStyle: { color: colors.muted, fontSize: 12 },
    },
    legend: { right: 20, top: 14, textStyle: { color: colors.text } },
    grid: { left: 290, right: 120, top: 72, bottom: 34 },
    xAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: colors.muted },
      splitLine: { lineStyle: { color: colors.line } },
    },
    yAxis: {
      type: 'category',
      data: groups,
      inverse: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.text, fontSize: 13 },
    },
    series: series.map(({ name, bars }, index) => ({
      name,
      type: 'bar',
      barGap: '10%',
      barCategoryGap: '28%',
      data: bars.map(({ value, label }) => ({
        value,
        label: { ...labels, formatter: label },
      })),
      ...(index > 0 ? {} : { markLine: referenceLine(reference) }),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};

const referenceLine = (value) => ({
  silent: true,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: colors.muted, type: 'dashed' },
  data: [{ xAxis: value }],
});
