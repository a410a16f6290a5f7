/** The names that visitors may choose: any that can be shown. */

/** In UTF-16 code units, as the browser counts for `maxlength`. */
export const longestName = 40;

/** @returns the name as it will be shown, and what is wrong with it in a visitor's words, if anything is */
export const checkName = (input) => {
  const name = input.normalize('NFC').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { name, problem: 'Please enter a name.' };
  if (name.length > longestName) {
    return { name, problem: `That name is too long: please use at most ${longestName} characters.` };
  }
  if (/\p{Cc}/u.test(name)) return { name, problem: 'Please use a name without control characters.' };
  return { name };
};
