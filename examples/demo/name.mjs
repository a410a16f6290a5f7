/** The names that users may choose: anything that can be displayed. */

/** In UTF-16 code units, as the browser counts for `maxlength`. */
export const longestName = 40;

/** @returns the normalised name, and a message for the user if it is not valid */
export const checkName = (input) => {
  const name = input.normalize('NFC').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { name, problem: 'Please enter a name.' };
  if (name.length > longestName) {
    return { name, problem: `This name is too long: please use at most ${longestName} characters.` };
  }
  if (/\p{Cc}/u.test(name)) return { name, problem: 'Please use a name without control characters.' };
  return { name };
};
