/** The one error type of the store: what a caller may act on carries a `code`. */

/**
 * Why a call failed:
 * - `ETIMEDOUT`: it was not done within `retryTimeout`, however often it was tried; `cause` is the last failure. A
 *   write may have taken effect all the same, where the database's answer was lost.
 * - `EUNAVAILABLE`: with `retryTimeout: 0`, it failed for a reason that passes by itself; `cause` is the failure.
 * - `EOVERLOADED`: `maxPending` calls were waiting already; nothing was sent.
 * - `E2BIG`: the session has more than `maxBytes`; nothing was sent.
 * - `ESYNC`: the session table could not be made ready within `syncTimeout`; `cause` is the last failure.
 * - `ESCHEMA`: the session table is missing or lacks columns, and `sync` is off; or the database is set up in a way in
 *   which it must not be used. `message` says what.
 * - `EDECODE`: the stored text of a row is no session: it cannot be decoded, or was changed, moved or sealed with
 *   another secret (only ever an `error` event, never a rejection).
 * - `EGC`: a background sweep failed (only ever an `error` event); `cause` is the failure.
 * - `EWRITE`: with `writeErrors: 'emit'`, a write failed for another reason (only ever an `error` event); `cause` is
 *   the failure.
 * - `ECLOSED`: the call came after `close()`.
 */
export type SessionStoreErrorCode =
  | 'ETIMEDOUT'
  | 'EUNAVAILABLE'
  | 'EOVERLOADED'
  | 'E2BIG'
  | 'ESYNC'
  | 'ESCHEMA'
  | 'EDECODE'
  | 'EGC'
  | 'EWRITE'
  | 'ECLOSED';

/** What the store was doing when it failed. */
export type SessionStoreOperation =
  | 'get'
  | 'set'
  | 'destroy'
  | 'touch'
  | 'gc'
  | 'length'
  | 'clear'
  | 'ready'
  | 'entries'
  | 'sessionsOf'
  | 'destroyAllOf'
  | 'destroyByHandle';

/** A failure of the store itself; what the database refuses reaches the caller as the driver's error. */
export class SessionStoreError extends Error {
  override readonly name: string = 'SessionStoreError';
  readonly code: SessionStoreErrorCode;
  readonly operation: SessionStoreOperation;
  /** The error underneath, where there is one: usually the database driver's. */
  declare readonly cause?: unknown;

  constructor(
    code: SessionStoreErrorCode,
    operation: SessionStoreOperation,
    message: string,
    cause?: unknown,
  ) {
    super(message);
    this.code = code;
    this.operation = operation;
    if (cause !== undefined) this.cause = cause;
  }
}

/** What an error says. Not by `instanceof`: native drivers and other realms have an Error of their own. */
export const messageOf = (error: unknown): string => {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
};

/** Another error that says the same, with its own properties; what is no error object is returned as it is. */
export const copyOf = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null) return error;
  const copy = new Error(messageOf(error));
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object | null);
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
};

/** A short, safe name for a value in an error message: its kind, never its content. */
export const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return `an object of ${constructorName(value)}`;
  if (typeof value === 'function') return 'a function';
  return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
};

const constructorName = (value: object): string => {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'no class';
};
