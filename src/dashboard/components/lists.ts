import { count, size } from '../../kernel/numbers.ts';
import { bytesOf } from '../../kernel/units.ts';
import type { ListCell, ListStrip } from '../../machine/machine.ts';
import type { Row, Span } from '../draw/spans.ts';
import { fill, fillStart } from '../draw/text.ts';

/** Five steps from none to all. */
const SHADES = ['·', '░', '▒', '▓', '█'] as const;
const LABEL = 12;
const SIZE = 7;

/** How many cells the strips of this tab have: what to ask the stage for. */
export const stripCells = (columns: number): number => Math.max(1, columns - LABEL - 3);

/**
 * Each list from its youngest page to the one that reclaim looks at next. `rows`: with room for it,
 * each list has a row for each of its properties; else one for what was referenced.
 */
export function lists(strips: readonly ListStrip[], columns: number, rows: number): Row[] {
  if (strips.length === 0 || strips.every(({ length }) => length === 0)) {
    return [[[' no pages on any list: nothing is charged here', 'label']]];
  }
  const nodes = new Set(strips.map(({ node }) => node)).size;
  const detailed = rows >= strips.length * 4 + 1;
  const shown = strips.flatMap((strip) => stripRows(strip, nodes > 1, detailed, columns));
  return [...shown, ...legend(detailed)];
}

function stripRows(given: ListStrip, numbered: boolean, detailed: boolean, columns: number): Row[] {
  const sized = !detailed && columns >= 60;
  const width = sized ? LABEL + SIZE : LABEL;
  const strip = { ...given, cells: narrowed(given.cells, stripCells(columns) - (width - LABEL)) };
  const name = `${strip.active ? 'active' : 'inactive'}${numbered ? ` ${strip.node}` : ''}`;
  const referenced = stripSpans(strip, ({ referenced: part }) => part);
  const said = size(bytesOf(strip.length));
  if (!detailed) {
    const label = sized ? `${fill(name, LABEL)}${fillStart(said, SIZE)}` : name;
    return [[' ', [fill(label, width), 'title'], ' ', ...referenced]];
  }
  const sum = (read: (cell: ListCell) => number): number =>
    strip.cells.reduce((total, cell) => total + read(cell), 0);
  const kinds = [
    `${size(bytesOf(strip.length))}`,
    `${count(strip.length)} pages`,
    ...(strip.skipped > 0 ? [`${count(strip.skipped)} in the middle not looked at`] : []),
    `${count(sum((cell) => cell.referenced))} referenced`,
    `${count(sum((cell) => cell.dirty))} dirty`,
    `${count(sum((cell) => cell.anon))} anonymous`,
  ].join(', ');
  const row = (label: string, spans: Row): Row => [' ', [fill(`  ${label}`, LABEL), 'label'], ' ', ...spans];
  return [
    [' ', [fill(name, LABEL), 'title'], ' ', [kinds, 'label']],
    row('referenced', referenced),
    row(
      'dirty',
      stripSpans(strip, ({ dirty }) => dirty),
    ),
    row(
      'anonymous',
      stripSpans(strip, ({ anon }) => anon),
    ),
  ];
}

/** No more cells than there are columns: neighbours are taken together. */
function narrowed(cells: readonly ListCell[], most: number): readonly ListCell[] {
  if (cells.length <= most) return cells;
  return Array.from({ length: most }, (_, i) => {
    const from = Math.floor((i * cells.length) / most);
    const to = Math.floor(((i + 1) * cells.length) / most);
    const sum = { pages: 0, referenced: 0, dirty: 0, anon: 0 };
    for (const cell of cells.slice(from, to)) {
      sum.pages += cell.pages;
      sum.referenced += cell.referenced;
      sum.dirty += cell.dirty;
      sum.anon += cell.anon;
    }
    return sum;
  });
}

/** One cell of the screen for each of the strip; `┆` where its middle was left out. */
function stripSpans({ cells, skipped }: ListStrip, part: (cell: ListCell) => number): Span[] {
  const shade = (cell: ListCell): string => {
    const share = cell.pages === 0 ? 0 : part(cell) / cell.pages;
    return SHADES[share === 0 ? 0 : Math.min(4, 1 + Math.floor(share * 3.999))] ?? '·';
  };
  if (cells.length === 0) return [['empty', 'label']];
  const shades = cells.map(shade);
  if (skipped === 0) return [shades.join('')];
  const half = Math.ceil(cells.length / 2);
  return [shades.slice(0, half).join(''), ['┊', 'label'], shades.slice(half).join('')];
}

function legend(detailed: boolean): Row[] {
  const what = detailed ? '' : 'referenced ';
  return [[[` young left, old right; ${what}· none ░ some ▒ half ▓ most █ all`, 'label']]];
}
