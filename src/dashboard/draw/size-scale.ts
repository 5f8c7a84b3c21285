import { size, sizeUnit } from '../../kernel/numbers.ts';
import { bytesOf, isSet, type Pages, pages } from '../../kernel/units.ts';
import type { Curve, Stretch } from '../../script/history/track.ts';

/** A limit so many times above all else would press it flat: it is said, not drawn. */
const FAR = 4;
/** The same where nothing but usage and limit is to be seen: how far apart they are is what is asked. */
const FAR_ALONE = 16;

/** The topmost value of a graph that shows these curves, and the ticks of its axis, from 0 up. */
export interface SizeScale {
  readonly top: Pages;
  readonly ticks: readonly { readonly at: Pages; readonly label: string }[];
}

export function sizeScale(curves: readonly Curve[], most: number): SizeScale {
  const reach = reachOf(curves.flatMap((curve) => curve.stretches));
  // Round in powers of two, as the sizes that people write are.
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(reach / Math.max(1, most))));
  const top = pages(Math.ceil(reach / step) * step);
  const unit = sizeUnit(bytesOf(top));
  return {
    top,
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => ({
      at: pages(i * step),
      label: i === 0 ? '0' : size(bytesOf(pages(i * step)), unit),
    })),
  };
}

function reachOf(stretches: readonly Stretch[]): Pages {
  let peak = 0;
  let marks = 0;
  let limit = 0;
  for (const stretch of stretches) {
    peak = Math.max(peak, stretch.max);
    marks = Math.max(marks, setOr0(stretch.low), setOr0(stretch.high));
    limit = Math.max(limit, setOr0(stretch.limit));
  }
  const reach = Math.max(peak, marks);
  const isNear = reach === 0 || limit <= reach * (marks > 0 ? FAR : FAR_ALONE);
  return pages(Math.max(1, reach, isNear ? limit : 0));
}

const setOr0 = (mark: Pages | null): number => (isSet(mark) ? mark : 0);
