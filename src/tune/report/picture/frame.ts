import { TEXT } from '../../../report/svg/style.ts';
import { escaped, textWidth } from '../../../report/svg/text.ts';
import type { LogAxis } from './log-axis.ts';
import { px } from './region-style.ts';

/** The edges of a plot within its block, px. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Ticks, lines and titles of a plot's two axes: the one below ends in its title, the other begins with it. */
export function frame(box: Box, x: LogAxis, y: LogAxis, titles: { x: string; y: string }): string {
  const { left, right, top, bottom } = box;
  const below = x.ticks.map(
    ({ at, label }) =>
      `<text class="quiet n m" x="${px(at)}" y="${bottom + 24}">${escaped(label)}</text>` +
      `<path class="leader" d="M${px(at)},${bottom}v6"/>`,
  );
  const beside = y.ticks.map(
    ({ at, label }) =>
      `<text class="quiet n e" x="${left - 10}" y="${px(at + 5)}">${escaped(label)}</text>` +
      `<path class="leader" d="M${left - 6},${px(at)}h6"/>`,
  );
  const lines = y.ticks.map(({ at }) => `<line x1="${left}" x2="${right}" y1="${px(at)}" y2="${px(at)}"/>`);
  return [
    `<g class="grid">${lines.join('')}</g>`,
    `<path class="leader" d="M${left},${top}V${bottom}H${right}"/>`,
    ...below,
    ...beside,
    `<text class="ink n e" x="${right}" y="${bottom + 48}">${escaped(titles.x)}</text>`,
    `<text class="ink n" x="0" y="${top - 16}">${escaped(titles.y)}</text>`,
  ].join('');
}

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
