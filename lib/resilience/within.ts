/** What a promise comes to, unless that takes too long. */

/**
 * @param ms at most 2147483647
 * @param tooLate called when the time is over, for the error
 */
export const within = <T>(ms: number, promise: PromiseLike<T>, tooLate: () => Error): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(tooLate());
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
        reject(error);
      },
    );
  });
