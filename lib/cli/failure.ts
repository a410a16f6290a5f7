/** Exit codes, and the errors behind them: what they say, without passwords. */

export const exitCodes = {
  success: 0,
  /** The database, or something in it, is not what the command needs. */
  failure: 1,
  /** Wrong usage: an argument, a file, an option or a missing package. */
  usage: 2,
  /** Stopped by a signal: 128 + SIGINT, as shells report it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error that tells the operator what to do. It is printed without a stack trace. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: ExitCode;
  /** The underlying error, for `--verbose`. */
  declare readonly cause?: unknown;

  constructor(exitCode: ExitCode, message: string, cause?: unknown) {
    super(message);
    this.exitCode = exitCode;
    if (cause !== undefined) this.cause = cause;
  }
}

export const usageError = (message: string, cause?: unknown): CommandError =>
  new CommandError(exitCodes.usage, message, cause);

export const failure = (message: string, cause?: unknown): CommandError =>
  new CommandError(exitCodes.failure, message, cause);

/** Replaces user and password of every URL in a text. */
const redacted = (text: string): string => text.replace(/(\w:\/\/)[^\s/@]*@/g, '$1***@');

interface ErrorLike {
  message?: unknown;
  stack?: unknown;
  code?: unknown;
  cause?: unknown;
  /** Of an AggregateError, which has no message of its own: one error for each address of a host. */
  errors?: unknown;
}

const asErrorLike = (error: unknown): ErrorLike => error ?? {};

export const codeOf = (error: unknown): unknown => asErrorLike(error).code;

/** The message of an error, or whatever else was thrown, as text without passwords. */
export const messageOf = (error: unknown): string => {
  const { message, code, errors } = asErrorLike(error);
  if (typeof message === 'string' && message !== '') return redacted(message);
  if (Array.isArray(errors) && errors.length > 0) return errors.map(messageOf).join('; ');
  return redacted(typeof code === 'string' ? code : String(error));
};

/** The stack trace of an error and those of its causes, without passwords. */
export const stackOf = (error: unknown): string => {
  const { stack, errors, cause } = asErrorLike(error);
  const causes = [...(Array.isArray(errors) ? (errors as unknown[]) : []), cause];
  return [
    typeof stack === 'string' ? redacted(stack) : messageOf(error),
    ...causes.filter((each) => each !== undefined).map((each) => `caused by: ${stackOf(each)}`),
  ].join('\n');
};
