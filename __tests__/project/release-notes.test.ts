/** The notes of a release are what the changelog says of its version, or there is no release. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProgram, type Ended } from '../cli/support';

const program = resolve('.github/scripts/release-notes.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sessions-release-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const notesOf = (tag: string, version: string, changelog: string): Promise<Ended> => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
  return startProgram([process.execPath, program, tag], folder).ended;
};

const changelog = `# Changelog

## 2.1.0 (2026-12-24)

A sentence.

### Added

- Something, with code:

  \`\`\`md
  ## 2.0.0
  \`\`\`

## 2.0.0-rc.1

The first.

## 1.0.0

## 0.9.0 (unreleased)

Not yet.
`;

test.each([
  ['2.1.0', 'A sentence.\n\n### Added\n\n- Something, with code:\n\n  ```md\n  ## 2.0.0\n  ```\n'],
  ['2.0.0-rc.1', 'The first.\n'],
])('of %s: its section, up to the next version', async (version, notes) => {
  expect(await notesOf(`v${version}`, version, changelog)).toEqual({ code: 0, stdout: notes, stderr: '' });
});

test.each([
  ['v2.1.1', '2.1.0', "error: the tag is 'v2.1.1', but package.json has version 2.1.0: expected 'v2.1.0'\n"],
  ['2.1.0', '2.1.0', "error: the tag is '2.1.0', but package.json has version 2.1.0: expected 'v2.1.0'\n"],
  ['v2.0.0', '2.0.0', "error: CHANGELOG.md has no section '## 2.0.0'\n"],
  ['v2.1', '2.1', "error: CHANGELOG.md has no section '## 2.1'\n"],
  ['v1.0.0', '1.0.0', "error: the section '## 1.0.0' of CHANGELOG.md is empty\n"],
  ['v0.9.0', '0.9.0', "error: CHANGELOG.md says '## 0.9.0 (unreleased)': give it the date of the release\n"],
])('none for the tag %s of version %s, and why', async (tag, version, message) => {
  expect(await notesOf(tag, version, changelog)).toEqual({ code: 1, stdout: '', stderr: message });
});
