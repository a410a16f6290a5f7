/** The charts in bench/results show the results that lie beside them. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const results = join(root, 'bench/results');

const svgsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.svg'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

test('they are what `npm run bench:charts` draws; if not, run it and commit what it draws', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sessions-charts-'));
  try {
    execFileSync(process.execPath, [join(root, 'bench/charts.mjs'), '--out', folder]);
    const drawn = svgsIn(folder);
    expect(Object.keys(drawn)).toEqual(['calls.svg', 'gc.svg', 'growth.svg', 'http.svg']);
    expect(svgsIn(results)).toEqual(drawn);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Row {
  id: string;
  title: string;
  figures: { reads: { requestsPerSecond: { median: number } } };
}

test('every bar is as long as its figure', () => {
  const { rows } = JSON.parse(readFileSync(join(results, 'http.json'), 'utf8')) as { rows: Row[] };
  const reads = (id: string): number =>
    rows.find((row) => row.id === id)?.figures.reads.requestsPerSecond.median ?? NaN;
  const svg = readFileSync(join(results, 'http.svg'), 'utf8');
  // From the axis to the right, back, and up again.
  const bars = [...svg.matchAll(/<path d="M292 [\d.]+l([\d.]+) 0l0 [\d.]+l-\1 0Z" fill="var\(--one\)"/g)];
  const shown = rows.filter(({ id }) => id !== 'none');
  expect(bars).toHaveLength(shown.length);
  const widthOf = (id: string): number => Number(bars[shown.findIndex((row) => row.id === id)]?.[1]);
  for (const { id, title } of shown) {
    expect(svg).toContain(`>${title}</text>`);
    // Drawn to a tenth of a pixel.
    expect(widthOf(id) / widthOf('memory')).toBeCloseTo(reads(id) / reads('memory'), 2);
  }
});

test.each(Object.entries(svgsIn(results)))('%s can be read by everybody', (_file, svg) => {
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description">/);
  expect(svg).toMatch(/<title id="title">\w[^<]+<\/title>/);
  // The figures in words, for those who do not see the bars.
  expect(svg).toMatch(/<desc id="description">[^<]+\d[^<]+<\/desc>/);
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
  expect(svg).not.toMatch(/<script|href=|NaN|undefined|Infinity/);
});
