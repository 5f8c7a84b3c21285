import { badgeOf, isBad } from '../health.ts';
import { factsOf } from '../picture/facts.ts';
import { type Cell, chronicleOf, lanesOf, type Row } from '../picture/shown.ts';
import { at } from './document.ts';
import { STALL_PLOT_HEIGHT, stallPlot, stallScale } from './stall-plot.ts';
import { TEXT } from './style.ts';
import { escaped, shortened, textWidth, unbroken, wrapped } from './text.ts';
import { type Lanes, usagePlot, usagePlotHeight } from './usage-plot.ts';

export interface CellToDraw {
  readonly row: Row;
  readonly cell: Cell | null;
  readonly title: string;
  /** The title is a cgroup's, not one of a run within it. */
  readonly large: boolean;
}

interface Sizes {
  readonly width: number;
  /** Of the plots of usage, px. */
  readonly height: number;
  readonly gutter: number;
}

const TITLE = 30;
const FACT = 24;
const BELOW = 36;
/** A distribution needs no more room, however wide its cell is. */
const WIDEST_STALLS = 760;

/** Cells beside each other: what stands above their plots takes the same room in all of them, so that the plots align. */
export function cellLine(line: readonly CellToDraw[], { width, height, gutter }: Sizes) {
  const facts = line.map(({ cell }) =>
    cell === null ? [] : [...healthLines(cell, width), ...factLines(cell, width)],
  );
  const lanes = lanesOf(line.map(({ cell }) => cell));
  const top = TITLE + Math.max(...facts.map((each) => each.length)) * FACT;
  const end = top + usagePlotHeight(height, lanes);
  const stalls = line.some(({ row }) => stallScale(row) !== null);
  const cells = line.map((each, i) => {
    const x = i * (width + gutter);
    const parts = [titleOf(each, width), ...facts[i].map((fact, j) => at(0, TITLE + 14 + j * FACT, fact))];
    if (each.cell === null)
      parts.push('<text class="quiet s" y="56">not there at the end of this run</text>');
    else parts.push(...plots(each, each.cell, { width, height, top, end, lanes }));
    return at(x, 0, parts.join(''));
  });
  return { height: end + (stalls ? STALL_PLOT_HEIGHT + 12 : 0) + BELOW, markup: cells.join('') };
}

function titleOf({ title, large }: CellToDraw, width: number): string {
  const size = large ? TEXT.cgroup : TEXT.label;
  return `<text class="ink ${large ? 'g' : 'l b'}" y="20">${escaped(shortened(title, size, width))}</text>`;
}

interface Places {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly end: number;
  readonly lanes: Lanes;
}

function plots({ row }: CellToDraw, cell: Cell, { width, height, top, end, lanes }: Places): string[] {
  const scale = stallScale(row);
  return [
    at(0, top, usagePlot({ chronicle: chronicleOf(cell), scale: row.scale, width, height, lanes })),
    ...(scale === null ? [] : [at(0, end + 12, stallPlot(cell, scale, Math.min(width, WIDEST_STALLS)))]),
  ];
}

/** Is it fine, and if not, why, and what could be tried. */
function healthLines({ health }: Cell, width: number): string[] {
  const colour = isBad(health.word) ? 'bad' : health.word === 'calm' ? 'ink' : 'awake';
  const told = (begin: string, look: string, rest: string): string[] =>
    // Bold capitals are wider than what is measured.
    wrapped(`${begin} ${rest}`, TEXT.label, width * 0.94).map((line, i) => {
      const whole = i === 0 ? line.slice(unbroken(begin).length) : line;
      const first = i === 0 ? `<tspan class="${look}">${escaped(begin)}</tspan>` : '';
      return `<text class="ink l">${first}${escaped(whole)}</text>`;
    });
  return [
    ...told(badgeOf(health.word), `${colour} b`, health.reason),
    ...(health.advice === '' ? [] : told('try', 'quiet', health.advice)),
  ];
}

/** Facts one after the other, in as many lines as they need. */
function factLines(cell: Cell, width: number): string[] {
  const done: string[] = [];
  let x = 0;
  for (const { text, meaning } of factsOf(cell)) {
    const room = Math.ceil(textWidth(text, TEXT.label));
    if (x + room > width) x = 0;
    const colour = meaning === 'plain' ? 'quiet' : meaning;
    const markup = `<text class="${colour} l" x="${x}">${escaped(text)}</text>`;
    if (x === 0) done.push(markup);
    else done[done.length - 1] += markup;
    x += room + 16;
  }
  return done;
}
