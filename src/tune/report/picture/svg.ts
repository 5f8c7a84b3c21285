import { styleSheet, TEXT } from '../../../report/svg/style.ts';
import { escaped, shortened, textWidth, wrapped } from '../../../report/svg/text.ts';
import type { Findings, Tuned } from '../../analysis/findings.ts';
import { REGION_TEXTS, type RegionName } from '../../analysis/regions.ts';
import { answer, partialText, setting } from '../words.ts';
import { plane } from './plane.ts';
import { px, symbols, tuneStyles } from './region-style.ts';
import { scatter } from './scatter.ts';
import { shownOf } from './thinning.ts';

const WIDTH = 1280;
const MARGIN = 36;
const ROOM = WIDTH - 2 * MARGIN;
const GUTTER = 44;
const PLOT = (ROOM - GUTTER) / 2;
/** Of a plot with its axes, px. */
export const PLOT_SIZE = { width: PLOT, height: 470 } as const;

const BOX = { left: 64, right: PLOT - 8, top: 64, bottom: 410 } as const;

interface Block {
  readonly height: number;
  readonly markup: string;
}

/**
 * All the scripts in one picture, one below the other: an SVG document that is light or dark as its reader's
 * system is. The same sweeps make the same bytes.
 */
export function renderTuneSvg(all: readonly Tuned[]): string {
  const blocks = all.map((tuned) => block(tuned, shownOf(tuned.findings, all.length)));
  const height = blocks.reduce((sum, each) => sum + each.height, MARGIN * 2);
  let y = MARGIN;
  const placed = blocks.map((each) => {
    const markup = `<g transform="translate(${MARGIN},${y})">${each.markup}</g>`;
    y += each.height;
    return markup;
  });
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escaped(all.map(({ sweep }) => sweep.script).join(', '))}</title>`,
    `<desc>${escaped(all.map(({ sweep, findings }) => answer(sweep, findings)).join(' '))}</desc>`,
    `<style>${styleSheet()}${tuneStyles()}\n</style>`,
    symbols(),
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...placed,
    '</svg>\n',
  ].join('\n');
}

function block({ sweep, findings }: Tuned, shown: readonly number[]): Block {
  const sentences = [
    ...wrapped(answer(sweep, findings), TEXT.sentence, ROOM).map((text) => ({ text, class: 'ink s' })),
    ...wrapped(setting(sweep), TEXT.label, ROOM).map((text) => ({ text, class: 'quiet l' })),
    ...(findings.partial === null
      ? []
      : wrapped(partialText(findings.partial), TEXT.label, ROOM).map((text) => ({ text, class: 'bad l' }))),
  ];
  const title = `<text class="ink t" y="26">${escaped(shortened(sweep.script, TEXT.title, ROOM))}</text>`;
  const lines = sentences.map(
    (line, i) => `<text class="${line.class}" y="${62 + i * 28}">${escaped(line.text)}</text>`,
  );
  const top = 62 + sentences.length * 28;
  const plots = [
    at(0, top, `${plotTitle('what marks cost, and what they save')}${scatter(findings, shown, BOX)}`),
    at(PLOT + GUTTER, top, `${plotTitle('where marks work')}${plane(findings, shown, BOX)}`),
  ];
  const end = top + PLOT_SIZE.height + 10;
  return {
    height: end + 50,
    markup: [title, ...lines, ...plots, `<g transform="translate(0,${end})">${regionKey(findings)}</g>`].join(
      '',
    ),
  };
}

const at = (x: number, y: number, markup: string): string =>
  `<g transform="translate(${px(x)},${px(y)})">${markup}</g>`;

const plotTitle = (text: string): string => `<text class="ink l b" y="18">${text}</text>`;

/** One script's two plots, each as an SVG of its own: for a page. */
export function plotsOf({ findings }: Tuned, shown: readonly number[]): { scatter: string; plane: string } {
  const svg = (title: string, markup: string): string =>
    `<svg viewBox="0 28 ${PLOT} ${PLOT_SIZE.height - 28}" role="img"><title>${title}</title>${markup}</svg>`;
  return {
    scatter: svg('stalls against reclaimer CPU of every trial', scatter(findings, shown, BOX)),
    plane: svg('what every pair of marks does', plane(findings, shown, BOX)),
  };
}

/** What forms and colours stand for: those that are there. */
export function regionKey({ regions, roomier }: Findings): string {
  let x = 6;
  const entry = (mark: (x: number) => string, text: string): string => {
    const markup = `${mark(x)}<text class="quiet n" x="${x + 14}" y="5">${text}</text>`;
    x += 14 + Math.ceil(textWidth(text, TEXT.small)) + 22;
    return markup;
  };
  const form = (name: RegionName) => (left: number) =>
    `<use href="#f-${name}" class="dot r-${name}" x="${left}" y="0"/>`;
  return [
    ...regions.map(({ name, trials }) => entry(form(name), `${REGION_TEXTS[name].title} (${trials})`)),
    ...(roomier === null
      ? []
      : [
          entry(
            (left) => `<circle class="ring roomier" cx="${left}" cy="0" r="7"/>`,
            'with more room for bursts',
          ),
        ]),
    entry(
      (left) => `<path class="front" d="M${left - 8},0h18"/>`,
      'nothing was found below and left of this line',
    ),
  ].join('');
}
