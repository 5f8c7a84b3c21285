import { type Pages, pages } from '../kernel/units.ts';

/** A mark as people write it: a size, or a fraction of the limit. */
export type Mark = { readonly pages: Pages } | { readonly share: number };

/** Where a mark is looked for: these values alone, or anywhere between two. */
export type Axis =
  | { readonly kind: 'list'; readonly marks: readonly Mark[] }
  | { readonly kind: 'range'; readonly from: Mark; readonly to: Mark };

/** No background reclaim that starts below half of the limit is worth its evictions, nor one that goes on below 0.3. */
export const ANY_HIGH: Axis = { kind: 'range', from: { share: 0.5 }, to: { share: 1 } };
export const ANY_LOW: Axis = { kind: 'range', from: { share: 0.3 }, to: { share: 1 } };

/** A mark under a limit; never above it. */
export const markUnder = (limit: Pages, mark: Mark): Pages =>
  pages(Math.min(limit, 'pages' in mark ? mark.pages : Math.floor(limit * mark.share)));

/** The values that an axis allows under a limit; a list's ascending, each once. */
export interface Allowed {
  readonly list: readonly Pages[] | null;
  readonly least: Pages;
  readonly most: Pages;
}

export function allowedUnder(limit: Pages, axis: Axis): Allowed {
  if (axis.kind === 'range')
    return { list: null, least: markUnder(limit, axis.from), most: markUnder(limit, axis.to) };
  const list = [...new Set(axis.marks.map((mark) => markUnder(limit, mark)))].sort((a, b) => a - b);
  return { list, least: list[0], most: list[list.length - 1] };
}
