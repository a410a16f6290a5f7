/** From a session to what its row holds, and back. */

import { createSerializer } from '../../lib/session/serializer';
import { resolveOptions } from '../../lib/options';

const create = (options: { secret?: string }) => createSerializer(resolveOptions(options), false);

test('a row that is encrypted says so to a store without a secret', () => {
  const withSecret = create({ secret: 'kC4r8wq2ZtF1mXo7Lr0vYb6nHs9dQe3a' });
  const { data } = withSecret.serialize({ user: 'ann' }, 'key').content();
  expect(withSecret.deserialize({ data }, 'key').session).toEqual({ user: 'ann' });
  expect(() => create({}).deserialize({ data }, 'key')).toThrow(
    /^it is encrypted, and there is no option secret$/,
  );
});
