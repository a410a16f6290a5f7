/** Numbers as operators read them. */

export const counted = (count: number): string => count.toLocaleString('en');

/** As in '1 row' and '1,000 rows'. */
export const rowsOf = (count: number, kind = ''): string =>
  `${counted(count)} ${kind === '' ? '' : `${kind} `}${count === 1 ? 'row' : 'rows'}`;

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** As in '13 bytes' and '1.4 MiB'. */
export const sizeOf = (bytes: number): string => {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${String(units[power])}`;
};
