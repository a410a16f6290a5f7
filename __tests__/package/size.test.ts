/** The size of the built files matches size.json and the README. */

import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './support';

const check = (...args: string[]): ReturnType<typeof run> =>
  run(process.execPath, ['scripts/size.mjs', '--check', ...args], root);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-size-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A copy of what is built. */
const copyDist = (): string => {
  const dist = join(folder, 'dist');
  cpSync(join(root, 'dist'), dist, { recursive: true });
  return dist;
};

const kept = (): { dist: Record<string, number>; addedPackages: string[] } =>
  JSON.parse(readFileSync(join(root, 'size.json'), 'utf8')) as ReturnType<typeof kept>;

const sizeOf = (file: string): number => kept().dist[file] ?? NaN;

describe('the size of the package', () => {
  it('is within 10 % of what size.json says, of each file, and the README says the same', async () => {
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('is this package alone: it brings no other', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies?: object;
    };

    expect(dependencies).toBeUndefined();
    expect(kept().addedPackages).toEqual(['koa-generic-session-knex']);
  });

  it('does not grow unnoticed', async () => {
    const dist = copyDist();
    appendFileSync(join(dist, 'index.mjs'), ' '.repeat(Math.ceil(0.21 * sizeOf('index.mjs'))));

    const { code, stderr } = await check('--dist', dist);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^dist\/index\.mjs is \d+ % larger than size\.json says.*\n.*npm run size/);
  });

  it('does not shrink unnoticed either, so that growth is measured from the truth', async () => {
    const dist = copyDist();
    truncateSync(join(dist, 'cli.mjs'), Math.floor(0.79 * sizeOf('cli.mjs')));

    const { code, stderr } = await check('--dist', dist);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^dist\/cli\.mjs is 21 % smaller than size\.json says/);
  });

  it('counts every file', async () => {
    const dist = copyDist();
    writeFileSync(join(dist, 'another.mjs'), 'export {};');
    rmSync(join(dist, 'express.cjs'));

    const { code, stderr } = await check('--dist', dist);

    expect(code).toBe(1);
    expect(stderr).toContain('dist/another.mjs is new, with 10 bytes\n');
    expect(stderr).toContain('dist/express.cjs is gone\n');
  });

  it('is not written into the README by hand', async () => {
    const readme = join(folder, 'README.md');
    const text = readFileSync(join(root, 'README.md'), 'utf8');
    writeFileSync(readme, text);
    expect(await check('--readme', readme)).toMatchObject({ code: 0 });

    writeFileSync(readme, text.replace(/(?<=<!-- size -->\n\nThe download is )\d+ kB/, '12 kB'));

    expect(await check('--readme', readme)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^the README does not match size\.json\n/) as string,
    });
  });
});
