/** Whether a value has properties: an object, or an array, and not null. */

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
