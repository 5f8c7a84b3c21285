import { pagesOf } from '../kernel/units.ts';
import { Mistake } from '../script/mistake.ts';
import { bytesIn } from '../script/values.ts';
import type { Axis, Mark } from './axis.ts';

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
