import { type Pages, pages, pagesOf } from '../../kernel/units.ts';
import { Mistake } from '../../script/mistake.ts';
import { bytesIn } from '../../script/values.ts';

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

/** `0.8`, `80%`, `48M`; lists of them with commas between, or two with `..` between. Throws a Mistake. */
export function readAxis(text: string): Axis {
  const ends = text.split('..');
  if (ends.length === 2) {
    const [from, to] = ends.map(readMark);
    const upsideDown =
      ('share' in from && 'share' in to && from.share > to.share) ||
      ('pages' in from && 'pages' in to && from.pages > to.pages);
    if (upsideDown) throw new Mistake(`${text}: the smaller end comes first`, 0);
    return { kind: 'range', from, to };
  }
  return { kind: 'list', marks: text.split(',').map(readMark) };
}

function readMark(text: string): Mark {
  const share = /^(?:0?\.\d+|0|1|1\.0+|0\.\d+)$/.test(text)
    ? Number(text)
    : /^\d+(?:\.\d+)?%$/.test(text)
      ? Number(text.slice(0, -1)) / 100
      : null;
  if (share !== null && share > 0 && share <= 1) return { share };
  const bytes = bytesIn(text);
  if (share === null && bytes !== null && bytes > 0n && bytes <= BigInt(Number.MAX_SAFE_INTEGER))
    return { pages: pagesOf(Number(bytes)) };
  throw new Mistake(
    `'${text}' is not a mark: write a share of the limit above 0 and up to 1, as in 0.9 or 90%, or a size, as in 48M`,
    0,
  );
}
