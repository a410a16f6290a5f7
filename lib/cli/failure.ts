/** How the command ends, and what it says when it fails. */

/** All is well. */
export const fine = 0;
/** The database, or something in it, is not as it must be. */
export const failed = 1;
/** The command was not called as it must be: arguments, files, options, packages. */
export const misused = 2;
/** Ended with Ctrl-C, or by SIGINT, between two steps: as shells name it. */
export const interrupted = 130;

export type ExitCode = typeof fine | typeof failed | typeof misused | typeof interrupted;

/** What the operator reads, says what to do, and needs no stack trace. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: ExitCode;
  /** The error underneath, for `--verbose`. */
  declare readonly cause?: unknown;

  constructor(exitCode: ExitCode, message: string, cause?: unknown) {
    super(message);
    this.exitCode = exitCode;
    if (cause !== undefined) this.cause = cause;
  }
}

export const usageError = (message: string, cause?: unknown): CommandError =>
  new CommandError(misused, message, cause);

export const failure = (message: string, cause?: unknown): CommandError =>
  new CommandError(failed, message, cause);

/** A user and a password in an address, wherever it stands in a text. */
const credentials = /(\w:\/\/)[^\s/@]*@/g;

/** A text without the credentials of addresses in it. */
export const redacted = (text: string): string => text.replace(credentials, '$1***@');

interface ErrorLike {
  message?: unknown;
  stack?: unknown;
  code?: unknown;
  /** Of an AggregateError: one for each address of a host, with no message of its own. */
  errors?: unknown;
}

/** What an error says in a line or a few; never its stack, nor its other properties. */
export const saidBy = (error: unknown): string => {
  const { message, code, errors } = (error ?? {}) as ErrorLike;
  if (typeof message === 'string' && message !== '') return redacted(message);
  if (Array.isArray(errors) && errors.length > 0) return errors.map(saidBy).join('; ');
  return redacted(typeof code === 'string' ? code : String(error));
};

/** The same with its stack, and with those of the errors underneath. */
export const told = (error: unknown): string => {
  const { stack, errors } = (error ?? {}) as ErrorLike;
  const own = typeof stack === 'string' ? redacted(stack) : saidBy(error);
  const { cause } = (error ?? {}) as { cause?: unknown };
  const below = [
    ...(Array.isArray(errors) ? (errors as unknown[]) : []),
    ...(cause === undefined ? [] : [cause]),
  ];
  return [own, ...below.map((each) => `caused by: ${told(each)}`)].join('\n');
};
