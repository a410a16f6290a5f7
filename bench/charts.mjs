/** Draws the charts of results that are there already: `npm run bench:charts`. Needs no package of the benchmark's own. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { callsCharts } from './calls/chart.mjs';
import { gcCharts } from './gc/chart.mjs';
import { growthCharts } from './growth/chart.mjs';
import { httpCharts } from './http/chart.mjs';
import { writeResults } from './report/results.mjs';

const results = fileURLToPath(new URL('results/', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: results } } });

const drawn = { http: httpCharts, calls: callsCharts, gc: gcCharts, growth: growthCharts };

for (const [section, charts] of Object.entries(drawn)) {
  const result = JSON.parse(await readFile(new URL(`results/${section}.json`, import.meta.url), 'utf8'));
  await writeResults(values.out, charts(result));
}
