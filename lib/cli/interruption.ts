/** Ctrl-C: the step under way ends, and no other begins. A second one ends the command at once. */

export interface Interruption {
  readonly signal: AbortSignal;
  /** Signals take effect as they do by default again. */
  end(this: void): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** @param onSignal called at the first one */
export const createInterruption = (onSignal: () => void): Interruption => {
  const controller = new AbortController();
  const end = (): void => {
    for (const name of signals) process.removeListener(name, interrupt);
  };
  const interrupt = (): void => {
    end();
    onSignal();
    controller.abort();
  };
  for (const name of signals) process.on(name, interrupt);
  return { signal: controller.signal, end };
};
