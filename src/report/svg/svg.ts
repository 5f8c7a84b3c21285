import { rowsOf, type Shown } from '../picture/shown.ts';
import { type CellToDraw, cellLine } from './cell-line.ts';
import { at, type Block, headed, ROOM, svgDocument } from './document.ts';
import { reportKey } from './key.ts';
import { limitCurve } from './limit-curve.ts';
import { TEXT } from './style.ts';
import { escaped, shortened } from './text.ts';

const GUTTER = 28;
/** No plot stands beside others in less room. */
const LEAST_CELL = 384;

/**
 * All the runs in one picture, one below the other, and those to be compared side by side. The same runs make
 * the same bytes.
 */
export const renderSvg = (all: readonly Shown[]): string =>
  svgDocument({
    title: all.map(({ script }) => script).join(', '),
    description: all.map(({ sentence }) => sentence).join('. '),
    blocks: all.flatMap((shown) => [heading(shown), ...cgroups(shown)]),
  });

function heading(shown: Shown): Block {
  const { height, markup } = headed(shown.script, [{ text: shown.sentence, look: 's' }]);
  const key = shown.curve === undefined ? reportKey(shown) : '';
  return { height: height + 30, markup: markup + at(0, height + 4, key) };
}

/** The cgroups of a script: few of them wide, many of them in columns; runs to be compared in one line. */
function cgroups(shown: Shown): Block[] {
  if (shown.curve !== undefined) return [limitCurve(shown.curve)];
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
