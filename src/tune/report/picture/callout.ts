import { type Box, px } from '../../../report/svg/axes.ts';
import { TEXT } from '../../../report/svg/style.ts';
import { escaped, textWidth } from '../../../report/svg/text.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Further from the point, in such steps, where it would cover others. */
const TRIES = [1, -1, 2, -2, 3, -3, 4, -4];
/** Of a point, and of the letters above and below their line, px. */
const DOT = 6;
const [ASCENT, DESCENT] = [16, 5];

/**
 * A label beside a point, on the side where it has room; `away` moves it up (or down) out of others' way, and further
 * where it would stand over `others`.
 */
export function callout(
  box: Box,
  { x, y }: Point,
  text: string,
  away: number,
  others: readonly Point[] = [],
): string {
  // Bold letters are wider.
  const room = textWidth(text, TEXT.label) * 1.18;
  const fits = (after: boolean): boolean => (after ? x + 16 + room <= box.right : x - 16 - room >= box.left);
  const sides = [fits(true), !fits(true)].filter((after, i) => i === 0 || fits(after));
  const covered = ({ at, line, after }: (typeof places)[number]): number => {
    const [left, right] = after ? [at, at + room] : [at - room, at];
    return others.filter(
      (other) =>
        other.x > left - DOT &&
        other.x < right + DOT &&
        other.y > line - ASCENT - DOT &&
        other.y < line + DESCENT + DOT,
    ).length;
  };
  const places = TRIES.flatMap((times) =>
    sides.map((after) => {
      const wished = away * times;
      const dy = y + wished < box.top + 14 ? 26 * Math.abs(times) : wished;
      const line = Math.min(box.bottom - 8, Math.max(box.top + 14, y + dy));
      return { at: after ? x + 16 : x - 16, line, after, dy };
    }),
  );
  const { at, line, after, dy } = places.reduce((best, each) =>
    covered(each) < covered(best) ? each : best,
  );
  const leader = `<path class="leader" d="M${px(x + (after ? 8 : -8))},${px(y + Math.sign(dy) * 7)}L${px(at - (after ? 3 : -3))},${px(line - 5)}"/>`;
  return `${leader}<text class="ink l b halo${after ? '' : ' e'}" x="${px(at)}" y="${px(line)}">${escaped(text)}</text>`;
}
