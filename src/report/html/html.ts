import { readFile } from 'node:fs/promises';
import { reportPageFile } from '../../script/package-files.ts';
import { factsOf } from '../picture/facts.ts';
import { type Cell, chronicleOf, lanesOf, type Row, rowsOf, type Shown } from '../picture/shown.ts';
import { hasUnknown, REREADS_UNKNOWN } from '../rereads.ts';
import { at } from '../svg/document.ts';
import { reportKey } from '../svg/key.ts';
import { STALL_PLOT_HEIGHT, stallPlot, stallScale } from '../svg/stall-plot.ts';
import { escaped, unbroken } from '../svg/text.ts';
import { htmlPage } from './frame.ts';
import { type PageChart, type PageData, packed } from './packed.ts';
import { REPORT_STYLE } from './page-style.ts';
import { resultTable } from './result-table.ts';

const STALLS_WIDTH = 620;

/**
 * All the runs as one page that needs nothing beside itself: the verdict, a table, and charts to zoom and to
 * hover over, where runs can be switched off. Rejects when the program's own page is not built.
 */
export async function renderHtml(all: readonly Shown[]): Promise<string> {
  const script = await readFile(reportPageFile('page.js'), 'utf8');
  const groups = all.map((shown, index) => ({ shown, index, rows: rowsOf(shown) }));
  const charts = groups.reduce((sum, { rows, shown }) => sum + rows.length * shown.runs.length, 0);
  const data: PageData = {
    groups: groups.map((group) => ({
      until: Math.max(1, group.rows[0]?.scale.until ?? 1),
      charts: chartsOf(group, Math.max(1, charts)),
    })),
  };
  return htmlPage({
    title: `${all.map((shown) => shown.script).join(', ')} · memcg`,
    styles: REPORT_STYLE,
    body: `${toolbar(groups)}
<main>
${groups.map(section).join('\n')}
</main>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    script,
  });
}

interface Group {
  readonly shown: Shown;
  readonly index: number;
  readonly rows: readonly Row[];
}

const chartId = (group: number, row: number, run: number): string => `chart-${group}-${row}-${run}`;
const runId = (group: number, run: number): string => `${group}-${run}`;

function chartsOf({ index, rows }: Group, charts: number): PageChart[] {
  return rows.flatMap((row, r) =>
    row.cells.flatMap((cell, c) =>
      cell === null
        ? []
        : [
            {
              id: chartId(index, r, c),
              top: row.scale.top,
              lanes: lanesOf(row.cells),
              packed: packed(chronicleOf(cell), charts),
            },
          ],
    ),
  );
}

/** Switches for the runs, where there are several, and zoom for those without a mouse. */
function toolbar(groups: readonly Group[]): string {
  const runs = groups.flatMap(({ shown, index }) =>
    shown.runs.map(({ name }, run) => ({
      id: runId(index, run),
      name: [groups.length > 1 ? shown.script : '', name].filter((part) => part !== '').join(': '),
    })),
  );
  const switches = runs.map(
    ({ id, name }) =>
      `<label class="switch"><input type="checkbox" checked data-run="${id}"> ${escaped(name)}</label>`,
  );
  return `<header class="toolbar">
<div class="switches">${runs.length > 1 ? switches.join('\n') : ''}</div>
<div class="zoom" role="group" aria-label="zoom"><span class="hint">drag to zoom, double-click for the whole run</span>
<button type="button" data-zoom="0.5">zoom in</button><button type="button" data-zoom="2">zoom out</button><button type="button" data-zoom="0">whole run</button></div>
</header>`;
}

function section({ shown, index, rows }: Group): string {
  const warnings = shown.runs.flatMap(({ run }) => run.warnings);
  return `<section>
<h1>${escaped(shown.script)}</h1>
<p class="verdict">${escaped(unbroken(shown.sentence))}</p>
${warnings.length > 0 ? `<p class="warning">${escaped(`${warnings[0].cgroup}: ${warnings[0].text}`)}${warnings.length > 1 ? ` (and ${warnings.length - 1} more)` : ''}</p>` : ''}
${shown.runs.some(({ run }) => hasUnknown(run.cgroups)) ? `<p class="warning">${escaped(REREADS_UNKNOWN)}</p>\n` : ''}${rows.length === 0 ? '<p>No cgroup held memory.</p>' : resultTable(shown, rows, (run) => runId(index, run))}
${rows.length === 0 ? '' : `<svg class="key" viewBox="0 0 900 26" role="img"><title>what colours mean</title>${at(0, 20, reportKey(shown))}</svg>`}
${rows.map((row, r) => cgroupSection(row, (run) => ({ chart: chartId(index, r, run), run: runId(index, run) }))).join('\n')}
</section>`;
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
  const facts = factsOf(cell)
    .map(({ text, meaning }) => `<span class="fact-${meaning}">${escaped(text)}</span>`)
    .join(' ');
  const name = cell.shown.name === '' ? '' : `<strong>${escaped(cell.shown.name)}</strong> `;
  const label = `usage of ${row.path} over virtual time${cell.shown.name === '' ? '' : `, ${cell.shown.name}`}`;
  return `<figcaption>${name}${facts}</figcaption>
<p class="readout" id="${id}-readout"></p>
<div class="chart" id="${id}" role="img" aria-label="${escaped(label)}"></div>
${distribution(row, cell)}`;
}

function distribution(row: Row, cell: Cell): string {
  const scale = stallScale(row);
  if (scale === null) return '';
  const size = `viewBox="0 0 ${STALLS_WIDTH} ${STALL_PLOT_HEIGHT}"`;
  return `<svg class="stalls" ${size} role="img"><title>how long stalls took</title>${stallPlot(cell, scale, STALLS_WIDTH)}</svg>`;
}
