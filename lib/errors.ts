/** The one error type of the store, and what error messages may say about a value. */

/**
 * Why a call failed:
 * - `ETIMEDOUT`: it did not finish within `retryTimeout`; `cause` is the last failure. A write may still have taken
 *   effect, if only the database's answer was lost.
 * - `EUNAVAILABLE`: with `retryTimeout: 0`, a transient failure; `cause` is the failure.
 * - `EOVERLOADED`: `maxPending` calls were already pending; nothing was sent.
 * - `E2BIG`: the session is larger than `maxBytes`; nothing was sent.
 * - `ESYNC`: the session table could not be made ready within `syncTimeout`; `cause` is the last failure.
 * - `ESCHEMA`: the session table is missing or lacks columns, and `sync` is off; or a setting of the database makes it
 *   unsafe to use. `message` says which.
 * - `EDECODE`: a row could not be read as a session: its text cannot be decoded, or it was changed, moved or encrypted
 *   with another secret. Only ever an `error` event, never a rejection.
 * - `EGC`: a background sweep failed; `cause` is the failure. Only ever an `error` event.
 * - `EWRITE`: with `writeErrors: 'emit'`, a write failed for another reason; `cause` is the failure. Only ever an
 *   `error` event.
 * - `ECONFLICT`: with `conflicts: 'reject'`, another request has changed the session since this one loaded it, or its row
 *   can no longer be read; nothing was written. If there is a `cause`, the database's answer to this save or `update` was
 *   lost and the session has changed since: it may have been made.
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
  | 'ECONFLICT'
  | 'ECLOSED';

/** What the store was doing when it failed. */
export type SessionStoreOperation =
  | 'get'
  | 'set'
  | 'destroy'
  | 'touch'
  | 'update'
  | 'rotate'
  | 'gc'
  | 'length'
  | 'clear'
  | 'ready'
  | 'entries'
  | 'sessionsOf'
  | 'destroyAllOf'
  | 'destroyByHandle';

/** A failure of the store itself. When the database refuses a statement, the caller gets the driver's own error. */
export class SessionStoreError extends Error {
  override readonly name: string = 'SessionStoreError';
  readonly code: SessionStoreErrorCode;
  readonly operation: SessionStoreOperation;
  /** The underlying error, if any: usually the database driver's. */
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

/** An error's message. Does not use `instanceof`: native drivers and other realms have an Error of their own. */
export const messageOf = (error: unknown): string => {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
};

/** A TypeError with a cause; the constructor of ES2021 takes none. */
export const typeError = (message: string, cause: unknown): TypeError =>
  Object.assign(new TypeError(message), { cause });

/** A copy of an error with its own properties. A value that is not an object is returned unchanged. */
export const copyOf = (error: unknown): unknown => {
  if (!isObject(error)) return error;
  const copy = new Error(messageOf(error));
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object | null);
  return Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
};

/** Whether a value has properties: an object or an array, and not null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The kind of a value, for error messages; never its content. */
export const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return objectKindOf(value);
  if (typeof value === 'function') return 'a function';
  return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
};

const objectKindOf = (value: object): string => {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  if (typeof name !== 'string' || name === '') return 'an object without a class';
  return name === 'Object' ? 'a plain object' : `an instance of ${name}`;
};
