import { rowsOf, type Shown } from '../picture/shown.ts';
import { type CellToDraw, cellLine } from './cell-line.ts';
import { key } from './key.ts';
import { styleSheet, TEXT } from './style.ts';
import { escaped, shortened, wrapped } from './text.ts';

const WIDTH = 1280;
const MARGIN = 36;
const ROOM = WIDTH - 2 * MARGIN;
const GUTTER = 28;
/** No plot stands beside others in less room. */
const LEAST_CELL = 384;

/** A part of the picture, as wide as it: markup for the place of its upper left corner. */
interface Block {
  readonly height: number;
  readonly markup: string;
}

/**
 * All the runs in one picture, one below the other, and those to be compared side by side: an SVG document
 * that is light or dark as its reader's system is. The same runs make the same bytes.
 */
export function renderSvg(all: readonly Shown[]): string {
  const blocks = all.flatMap((shown) => [heading(shown), ...cgroups(shown)]);
  const height = blocks.reduce((sum, block) => sum + block.height, MARGIN * 2);
  let y = MARGIN;
  const placed = blocks.map((block) => {
    const markup = `<g transform="translate(${MARGIN},${y})">${block.markup}</g>`;
    y += block.height;
    return markup;
  });
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escaped(all.map(({ script }) => script).join(', '))}</title>`,
    `<desc>${escaped(all.map(({ sentence }) => sentence).join('. '))}</desc>`,
    `<style>${styleSheet()}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    ...placed,
    '</svg>\n',
  ].join('\n');
}

function heading(shown: Shown): Block {
  const lines = wrapped(shown.sentence, TEXT.sentence, ROOM);
  const title = `<text class="ink t" y="26">${escaped(shortened(shown.script, TEXT.title, ROOM))}</text>`;
  const words = lines.map((line, i) => `<text class="ink s" y="${62 + i * 28}">${escaped(line)}</text>`);
  const y = 66 + lines.length * 28;
  return { height: y + 26, markup: [title, ...words, key(shown, y)].join('') };
}

/** The cgroups of a script: few of them wide, many of them in columns; runs to be compared in one line. */
function cgroups(shown: Shown): Block[] {
  const rows = rowsOf(shown);
  if (rows.length === 0)
    return [{ height: 50, markup: '<text class="quiet s" y="24">No cgroup held memory.</text>' }];
  const runs = shown.runs.length;
  const fit = Math.floor((ROOM + GUTTER) / (LEAST_CELL + GUTTER));
  const columns =
    runs > 1 ? Math.min(runs, fit) : Math.min(fit, rows.length > 6 ? 3 : rows.length > 2 ? 2 : 1);
  const width = Math.floor((ROOM - (columns - 1) * GUTTER) / columns);
  const height = [260, 210, 150][columns - 1] ?? 150;
  const inLines = (cells: readonly CellToDraw[]): Block[] =>
    chunks(cells, columns).map((line) => cellLine(line, { width, height, gutter: GUTTER }));
  if (runs === 1)
    return inLines(rows.map((row) => ({ row, cell: row.cells[0], title: row.path, large: true })));
  return rows.flatMap((row) => [
    cgroupTitle(row.path),
    ...inLines(row.cells.map((cell, i) => ({ row, cell, title: shown.runs[i].name, large: false }))),
  ]);
}

const cgroupTitle = (path: string): Block => ({
  height: 36,
  markup: `<text class="ink g" y="22">${escaped(shortened(path, TEXT.cgroup, ROOM))}</text>`,
});

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
