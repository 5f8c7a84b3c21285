import type { Findings } from '../../analysis/findings.ts';

/** All the trials that a page or picture draws, of all scripts together: it stays below 1 MB. */
const MOST = 1400;

/**
 * Which of `rated` are shown, by their places: all, or so many that every script of `scripts` has its share. The
 * recommendation and the front are always among them, the others evenly from the best to the worst.
 */
export function shownOf({ rated, front, cheapest, policies }: Findings, scripts: number): number[] {
  const most = Math.max(50, Math.floor(MOST / scripts));
  const all = rated.map((_, i) => i);
  if (all.length <= most) return all;
  const always = new Set([...policies, ...front, ...(cheapest === null ? [] : [cheapest.rated])]);
  const step = all.length / most;
  const even = new Set(Array.from({ length: most }, (_, i) => Math.floor(i * step)));
  return all.filter((i) => even.has(i) || always.has(rated[i]));
}
