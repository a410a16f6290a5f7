/** What the workflows run exists, and they are given no more than they need. */

import { existsSync, readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe.each(['ci', 'release'])('%s.yml', (name) => {
  const text = readFileSync(`.github/workflows/${name}.yml`, 'utf8');
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

  test('every npm script that it runs is one of package.json', () => {
    const run = [...all(/npm run (?:--silent )?([\w:-]+)/g), ...all(/npm (test)\b/g)];
    expect(run.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  test('every test that it names is there', () => {
    const paths = all(/npx jest --coverage=false (.+)/g).flatMap((list) => list.split(' '));
    expect(paths.filter((path) => !existsSync(`__tests__/${path}.test.ts`))).toEqual([]);
  });

  test('every file of ours that it runs is there', () => {
    const files = [...all(/node (\S+\.mjs)/g), ...all(/uses: \.\/(\S+)/g)];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('actions are pinned to commits, and keep no credentials', () => {
    const actions = all(/uses: ([^.\s]\S+)/g);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[\w-]+@[\da-f]{40}$/);
    const checkouts = all(/(uses: actions\/checkout@.*\n +with:\n +persist-credentials: false)/g);
    expect(checkouts).toHaveLength(all(/uses: (actions\/checkout)@/g).length);
  });

  test('it may read the repository, and jobs say what else they need', () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
    const writes = all(/^ +([\w-]+: write)$/gm);
    expect(writes).toEqual(name === 'ci' ? [] : ['id-token: write', 'contents: write']);
  });

  test('every job ends in time', () => {
    const jobs = all(/^ {2}([\w-]+):\n {4}name:/gm);
    const callers = all(/^ {4}uses: (.+)$/gm);
    expect(jobs.length).toBeGreaterThan(2);
    expect(all(/^ {4}(timeout-minutes: \d+)$/gm)).toHaveLength(jobs.length - callers.length);
  });
});
