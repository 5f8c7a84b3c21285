import { badgeOf, isBad } from '../health.ts';
import { type Cell, chronicleOf, lanesOf, type Row, rowsOf, type Shown } from '../picture/shown.ts';
import { hasUnknown, REREADS_UNKNOWN } from '../rereads.ts';
import { keyEntries } from '../svg/key.ts';
import { STALL_PLOT_HEIGHT, stallPlot, stallScale } from '../svg/stall-plot.ts';
import { escaped, unbroken } from '../svg/text.ts';
import { type PageChart, type PageGroup, packed } from './packed.ts';
import { resultTable } from './result-table.ts';

/** What a page shows of runs: made when the report is, and again in the page where its reader changes something. */

/** Of the plots of stalls: they are drawn for both, and the one that has room is seen. */
const STALLS_WIDTH = { wide: 620, narrow: 340 } as const;

/** A script's runs: their markup, and what is drawn into it. */
export interface Content {
  readonly markup: string;
  readonly data: PageGroup;
}

/** All of a report; in the page of several scripts each has its number. */
export function contentOf(all: readonly Shown[], first = 0): Content[] {
  const groups = all.map((shown, i) => ({ shown, index: first + i, rows: rowsOf(shown) }));
  const charts = groups.reduce((sum, { rows, shown }) => sum + rows.length * shown.runs.length, 0);
  return groups.map((group) => ({
    markup: section(group),
    data: {
      until: Math.max(1, group.rows[0]?.scale.until ?? 1),
      charts: chartsOf(group, Math.max(1, charts)),
    },
  }));
}

interface Group {
  readonly shown: Shown;
  readonly index: number;
  readonly rows: readonly Row[];
}

const chartId = (group: number, row: number, run: number): string => `chart-${group}-${row}-${run}`;
export const runId = (group: number, run: number): string => `${group}-${run}`;

function chartsOf({ index, rows }: Group, charts: number): PageChart[] {
  return rows.flatMap((row, r) =>
    row.cells.flatMap((cell, c) =>
      cell === null
        ? []
        : [
            {
              id: chartId(index, r, c),
              path: row.path,
              run: c,
              top: row.scale.top,
              lanes: lanesOf(row.cells),
              packed: packed(chronicleOf(cell), charts),
            },
          ],
    ),
  );
}

/** A part of the page that is made anew with its run; what is around it stays, and with it whoever has the focus. */
const part = (name: string, markup: string, element = 'div'): string =>
  `<${element} data-part="${name}">${markup}</${element}>`;

function section({ shown, index, rows }: Group): string {
  const warnings = shown.runs.flatMap(({ run }) => run.warnings);
  const [first, ...more] = warnings;
  const told = [
    ...(first === undefined
      ? []
      : [`${first.cgroup}: ${first.text}${more.length > 0 ? ` (and ${more.length} more)` : ''}`]),
    ...(shown.runs.some(({ run }) => hasUnknown(run.cgroups)) ? [REREADS_UNKNOWN] : []),
  ];
  const above = [
    `<p class="verdict">${escaped(unbroken(shown.sentence))}</p>`,
    ...told.map((text) => `<p class="warning">${escaped(text)}</p>`),
    rows.length === 0
      ? '<p>No cgroup held memory.</p>'
      : resultTable(shown, rows, (run) => runId(index, run)) + legend(shown),
  ];
  return `<section data-group="${index}">
<h1>${escaped(shown.script)}</h1>
${part('above', above.join('\n'))}
<div class="settings"></div>
${rows.map((row, r) => cgroupSection(row, (run) => ({ chart: chartId(index, r, run), run: runId(index, run) }))).join('\n')}
</section>`;
}

/** What forms and colours stand for, in lines as wide as there is room. */
function legend(shown: Shown): string {
  const entries = keyEntries(shown).map(
    ({ text, mark, room }) =>
      `<li><svg width="${room}" height="20" viewBox="0 -16 ${room} 20" aria-hidden="true">${mark}</svg>${escaped(text)}</li>`,
  );
  return `<ul class="key" aria-label="what colours mean">${entries.join('')}</ul>`;
}

function cgroupSection(row: Row, ids: (run: number) => { chart: string; run: string }): string {
  const cells = row.cells.map((cell, i) => {
    const { chart, run } = ids(i);
    return `<figure data-run="${run}">${cell === null ? '<p class="quiet-text">not there at the end of this run</p>' : figure(row, cell, chart)}</figure>`;
  });
  return `<h2>${escaped(row.path)}</h2>
<div class="row">${cells.join('\n')}</div>`;
}

function figure(row: Row, cell: Cell, id: string): string {
  const name = cell.shown.name === '' ? '' : `<p class="run-name">${escaped(cell.shown.name)}</p>`;
  const label = `usage of ${row.path} over virtual time${cell.shown.name === '' ? '' : `, ${cell.shown.name}`}`;
  return `${part(`${id} caption`, `${name}${health(cell)}`, 'figcaption')}
<div class="chart" id="${id}" role="group" aria-label="${escaped(label)}"></div>
<p class="readout" id="${id}-readout"></p>
${part(`${id} stalls`, distribution(row, cell))}`;
}

/** Is it fine, and if not, why, and what could be tried. */
function health({ health: { word, reason, advice } }: Cell): string {
  const meaning = isBad(word) ? 'bad' : word === 'calm' ? 'plain' : 'awake';
  const next = advice === '' ? '' : `<p class="try">try <code>${escaped(advice)}</code></p>`;
  return `<p class="health"><strong class="badge fact-${meaning}">${badgeOf(word)}</strong> ${escaped(unbroken(reason))}</p>${next}`;
}

function distribution(row: Row, cell: Cell): string {
  const scale = stallScale(row);
  if (scale === null) return '';
  const plot = ([name, width]: [string, number]): string =>
    `<svg class="stalls ${name}" viewBox="0 0 ${width} ${STALL_PLOT_HEIGHT}" role="img" aria-label="how long stalls took">${stallPlot(cell, scale, width)}</svg>`;
  return Object.entries(STALLS_WIDTH).map(plot).join('');
}
