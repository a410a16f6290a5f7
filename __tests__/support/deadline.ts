/** A deadline that the test lets expire. */

import type { Deadline } from '../../lib/resilience/deadline';

export const expirable = (): { deadline: Deadline; expire: () => void } => {
  const listeners: (() => void)[] = [];
  const deadline = {
    expired: false,
    onExpired: (listener: () => void): void => {
      listeners.push(listener);
    },
  };
  return {
    deadline,
    expire: () => {
      deadline.expired = true;
      for (const listener of listeners) listener();
    },
  };
};
