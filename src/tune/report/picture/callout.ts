import { type Box, px } from '../../../report/svg/axes.ts';
import { TEXT } from '../../../report/svg/style.ts';
import { escaped, textWidth } from '../../../report/svg/text.ts';

/** A label beside a point, on the side where it has room; `away` moves it up (or down) out of others' way. */
export function callout(box: Box, x: number, y: number, text: string, away: number): string {
  const dy = y + away < box.top + 14 ? 26 : away;
  // Bold letters are wider.
  const room = textWidth(text, TEXT.label) * 1.18;
  const after = x + 16 + room <= box.right;
  const at = after ? x + 16 : x - 16;
  const line = Math.min(box.bottom - 8, Math.max(box.top + 14, y + dy));
  const leader = `<path class="leader" d="M${px(x + (after ? 8 : -8))},${px(y + Math.sign(dy) * 7)}L${px(at - (after ? 3 : -3))},${px(line - 5)}"/>`;
  return `${leader}<text class="ink l b halo${after ? '' : ' e'}" x="${px(at)}" y="${px(line)}">${escaped(text)}</text>`;
}
