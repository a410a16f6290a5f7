/** Events reach who listens, and harm nobody. */

import { createEvents } from '../../lib/observability/events';

test('listeners get what is emitted', () => {
  const { emitter, notify } = createEvents();
  const heard: unknown[] = [];
  emitter.on('error', (error) => heard.push(error));
  notify('error', 'broken');
  expect(heard).toEqual(['broken']);
});

test('an error that nobody listens to is dropped', () => {
  expect(() => {
    createEvents().notify('error', new Error('nobody hears'));
  }).not.toThrow();
});

test('what a listener throws becomes an exception of its own, not the caller’s', async () => {
  const { emitter, notify } = createEvents();
  const nextTick = jest.spyOn(process, 'nextTick').mockImplementation(() => undefined);
  emitter.on('connect', () => {
    throw new Error('of the listener');
  });
  notify('connect');
  const [rethrow] = nextTick.mock.calls[0] as [() => void];
  nextTick.mockRestore();
  expect(rethrow).toThrow('of the listener');
  await Promise.resolve();
});
