/** Nanoseconds as a TIME of the language that loses nothing: `1.25s`, `0.000000001s`. */
export function exactSeconds(time: number): string {
  const fraction = `${time % 1e9}`.padStart(9, '0').replace(/0+$/, '');
  return `${Math.floor(time / 1e9)}${fraction === '' ? '' : `.${fraction}`}s`;
}
