/** HTML templates that escape their values. */

const isHtml = Symbol('html');

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const asText = (value) => {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(asText).join('');
  if (value[isHtml] === true) return value.toString();
  return String(value).replace(/[&<>"']/g, (character) => entities[character]);
};

/**
 * A tag for template literals. Escapes values, except nested templates; joins arrays; omits undefined, null and false.
 * Attribute values must be in double quotes.
 */
export const html = (strings, ...values) => {
  const text = String.raw({ raw: strings }, ...values.map(asText));
  return { [isHtml]: true, toString: () => text };
};
