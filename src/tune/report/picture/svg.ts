import {
  at,
  type Block,
  headed,
  type KeyEntry,
  key,
  ROOM,
  svgDocument,
} from '../../../report/svg/document.ts';
import type { Findings, Tuned } from '../../analysis/findings.ts';
import { regionText } from '../../analysis/regions.ts';
import { answer, partialText, setting } from '../words.ts';
import { plane } from './plane.ts';
import { symbols, tuneStyles } from './region-style.ts';
import { scatter } from './scatter.ts';
import { shownOf } from './thinning.ts';

const GUTTER = 44;
const PLOT = (ROOM - GUTTER) / 2;
/** Of a plot with its axes, px. */
export const PLOT_SIZE = { width: PLOT, height: 470 } as const;

const BOX = { left: 64, right: PLOT - 8, top: 64, bottom: 410 } as const;

/** All the scripts in one picture, one below the other. The same sweeps make the same bytes. */
export const renderTuneSvg = (all: readonly Tuned[]): string =>
  svgDocument({
    title: all.map(({ sweep }) => sweep.script).join(', '),
    description: all.map(({ sweep, findings }) => answer(sweep, findings)).join(' '),
    styles: tuneStyles(),
    symbols: symbols(),
    blocks: all.map((tuned) => block(tuned, shownOf(tuned.findings, all.length))),
  });

function block({ sweep, findings }: Tuned, shown: readonly number[]): Block {
  const { partial } = findings;
  const { height: top, markup } = headed(sweep.script, [
    { text: answer(sweep, findings), look: 's' },
    { text: setting(sweep), look: 'l', colour: 'quiet' },
    ...(partial === null ? [] : [{ text: partialText(partial), look: 'l', colour: 'bad' } as const]),
  ]);
  const plots = [
    at(0, top, `${plotTitle('what marks cost, and what they save')}${scatter(findings, shown, BOX)}`),
    at(PLOT + GUTTER, top, `${plotTitle('where marks work')}${plane(findings, shown, BOX)}`),
  ];
  const end = top + PLOT_SIZE.height + 10;
  return { height: end + 50, markup: [markup, ...plots, at(6, end + 5, regionKey(findings))].join('') };
}

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
export function regionKey({ regions, cheapest }: Findings): string {
  const entries: Omit<KeyEntry, 'room'>[] = regions.map(({ name, policy, trials }) => ({
    text: `${regionText(name, policy).title} (${trials})`,
    mark: `<use href="#f-${name}" class="dot r-${name}" y="-5"/>`,
  }));
  if (cheapest !== null)
    entries.push({
      text: 'the cheapest, on the edge',
      mark: '<circle class="ring cheapest" cy="-5" r="7"/>',
    });
  entries.push({
    text: 'nothing was found below and left of this line',
    mark: '<path class="front" d="M-8,-5h18"/>',
  });
  return key(entries.map((each) => ({ ...each, room: 16 })));
}
