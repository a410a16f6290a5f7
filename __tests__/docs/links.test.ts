/** Every link within the repository leads to a file, and to a heading of it. */

import { allDocuments, readDocument } from './documents';
import { brokenLinks } from './links';

test.each(allDocuments)('%s', (file) => {
  expect(brokenLinks(file, readDocument(file))).toEqual([]);
});

test.each([
  ['a file', '[text](docs/nothing.md)', 'there is no docs/nothing.md'],
  ['an image', '![text](docs/nothing.svg)', 'there is no docs/nothing.svg'],
  ['an image in HTML', '<picture><source srcset="docs/nothing.png" /></picture>', 'no docs/nothing.png'],
  ['a heading of another document', '[text](docs/security.md#nothing)', "no heading 'nothing'"],
  ['a heading of its own', '# Here\n\n[text](#there)', "no heading 'there'"],
  ['the second heading of a name', '# Here\n\n# Here\n\n[text](#here-2)', "no heading 'here-2'"],
  ['what lies outside', '[text](../../etc)', 'there is no'],
])('a link to %s that does not exist is found', (_what, text, problem) => {
  expect(brokenLinks('wrong.md', text)).toEqual([expect.stringContaining(problem)]);
});

test('links that lead somewhere are not', () => {
  const text =
    '# Here `and` there\n\n# Here `and` there\n\n[1](#here-and-there-1) [2](docs/security.md#a-new-app)';
  expect(
    brokenLinks('right.md', `${text} [3](https://knexjs.org) [4](lib) ![5](bench/results/http.svg)`),
  ).toEqual([]);
});
