import { compact, size } from '../../src/kernel/numbers.ts';
import {
  COUNTED,
  died,
  type ErrorName,
  isLimited,
  median,
  type Off,
  offsOf,
  verdicts,
  worst,
} from './errors.ts';
import { EXPLAINED } from './explained.ts';
import { type Measured, SHARES } from './measure.ts';
import { PROGRAMS, SYNTHETIC } from './workloads.ts';

/** The page of what was measured, as Markdown. */
export function pageOf(all: readonly Measured[]): string {
  const rows = all.filter(isLimited);
  const scripts = rows.filter(({ isProgram }) => !isProgram);
  const programs = rows.filter(({ isProgram }) => isProgram);
  return [
    introduction(all),
    summary(scripts, programs),
    aims(all),
    `## By script\nRefaults at shares of the peak: predicted, and real.\n\n${byWorkload(scripts, 'model')}`,
    `## By program\nRe-reads at shares of the program's real peak: predicted of its recording, and what the program itself did on the real kernel.\n\n${byWorkload(programs, 'both')}`,
    worstCases(scripts, programs),
    ANCHORS,
  ].join('\n\n');
}

const introduction = (all: readonly Measured[]): string => `# How exact it is
\`npm run accuracy\` runs workloads on a real Linux 6.1 ([memcg verify](../../src/verify/README.md)) at 90, 70, 50 and 30 % of their
peak, and writes this page and its picture from [results.jsonl](results.jsonl). Scripts are known access by access. Programs are
recorded with \`--trace\` on the host, and run in the guest themselves: so there is an error of the **model** (predicted against what the
recording's tasks did), of the **recording** (its tasks against the program), and of **both** (predicted against the program).

![errors by figure](accuracy.svg)

An error is a share of the real figure, or of 64 pages if that is more: a CPU's stock, below which the kernel itself does not
count. Where somebody was killed, counts end half-way, and the verdict alone is compared. A run is cut off after ${range(all, 'cut')} s,
and then stands nowhere; the load of the machine was ${range(all, 'load')}, and on a busy one more are cut off.`;

function range(all: readonly Measured[], figure: 'cut' | 'load'): string {
  const values = all.map((row) => row[figure]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

const percent = (share: number | null): string =>
  share === null ? '-' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

function summary(scripts: readonly Measured[], programs: readonly Measured[]): string {
  const columns: [readonly Measured[], ErrorName][] = [
    [scripts, 'model'],
    [programs, 'model'],
    [programs, 'recording'],
    [programs, 'both'],
  ];
  const lines = [...COUNTED, 'time'].map((figure) => [
    figure === 'time' ? 'time, of unlimited' : figure,
    ...columns.map(([rows, name]) => {
      const offs = offsOf(rows, name, figure);
      return `${percent(median(offs.map(({ error }) => error)))}, ${percent(worst(offs)?.error ?? null)}`;
    }),
  ]);
  const verdict = columns.map(([rows, name]) => {
    const { same, all } = verdicts(rows, name);
    return `${same} of ${all} the same`;
  });
  return `## By figure\nMedian and worst of all limits.\n\n${table(['', 'scripts: model', 'programs: model', 'programs: recording', 'programs: both'], [...lines, ['OOM verdict', ...verdict]])}`;
}

function aims(all: readonly Measured[]): string {
  const rows = all.filter(isLimited);
  const scripts = rows.filter(({ isProgram }) => !isProgram);
  const programs = rows.filter(({ isProgram }) => isProgram);
  const refaults = offsOf(scripts, 'model', 'refaults');
  const scans = offsOf(scripts, 'model', 'pages scanned');
  const both = offsOf(programs, 'both', 'refaults');
  const names = [...new Set(programs.map(({ workload }) => workload))];
  const within = names.filter(
    (name) =>
      both.filter(({ workload }) => workload === name).length > 0 &&
      both.filter(({ workload }) => workload === name).every(({ error }) => error <= 0.1),
  );
  const peaks = offsOf(
    all.filter(({ isProgram, share }) => isProgram && share === 100),
    'both',
    'peak',
  );
  const near = peaks.filter(({ error }) => error <= 0.05);
  const verdict = verdicts(scripts, 'model');
  const line = (aim: string, found: string, reached: boolean): string[] => [
    aim,
    found,
    reached ? 'reached' : '**not reached**',
  ];
  const [m, w, s, p] = [
    median(refaults.map(({ error }) => error)),
    worst(refaults)?.error ?? null,
    median(scans.map(({ error }) => error)),
    median(both.map(({ error }) => error)),
  ];
  return `## Aims\n${table(
    ['aim', 'found', ''],
    [
      line('scripts, refaults: median under 2 %', percent(m), (m ?? 1) < 0.02),
      line('scripts, refaults: worst under 15 %', percent(w), (w ?? 1) < 0.15),
      line('scripts, pages scanned: median under 2 %', percent(s), (s ?? 1) < 0.02),
      line(
        'scripts, OOM verdict: always the same',
        `${verdict.same} of ${verdict.all}`,
        verdict.same === verdict.all,
      ),
      line('programs, re-reads: median under 10 %', percent(p), (p ?? 1) < 0.1),
      line(
        'programs, re-reads: within 10 % at every limit that was not cut off, 9 of 12',
        `${within.length} of ${names.length}${within.length > 0 ? ` (${within.join(', ')})` : ''}`,
        within.length >= 9,
      ),
      line(
        'programs, peak without a limit: within 5 %, 9 of 12',
        `${near.length} of ${peaks.length} (not: ${
          peaks
            .filter((off) => !near.includes(off))
            .map(({ workload, error }) => `${workload} ${percent(error)}`)
            .join(', ') || 'none'
        })`,
        near.length >= 9,
      ),
    ],
  )}`;
}

function byWorkload(rows: readonly Measured[], name: ErrorName): string {
  const abouts = new Map([...SYNTHETIC, ...PROGRAMS].map(({ name: workload, about }) => [workload, about]));
  const names = [...new Set(rows.map(({ workload }) => workload))];
  return table(
    ['', ...SHARES.map((share) => `${share} %`)],
    names.map((workload) => [
      `${workload}: ${abouts.get(workload) ?? ''}`,
      ...SHARES.map((share) =>
        cell(
          rows.find((row) => row.workload === workload && row.share === share),
          name,
        ),
      ),
    ]),
  );
}

function cell(row: Measured | undefined, name: ErrorName): string {
  if (row === undefined) return '-';
  const other = name === 'model' ? row.tasks : row.program;
  if (other === null) return 'cut off';
  if (died(row.predicted) || died(other))
    return died(row.predicted) === died(other)
      ? 'killed, as predicted'
      : died(other)
        ? '**killed**'
        : '**not killed**';
  const [off] = offsOf([row], name, 'refaults');
  return off === undefined
    ? 'unknown'
    : `${compact(off.value)}, ${compact(off.real)} (${percent(off.error)})`;
}

const MOST = 12;

function worstCases(scripts: readonly Measured[], programs: readonly Measured[]): string {
  const cases: [string, Off[]][] = [
    [
      'model',
      COUNTED.flatMap((figure) => [
        ...offsOf(scripts, 'model', figure),
        ...offsOf(programs, 'model', figure),
      ]),
    ],
    ['both', COUNTED.flatMap((figure) => offsOf(programs, 'both', figure))],
  ];
  const lines = cases.flatMap(([of, offs]) =>
    offs
      .filter(({ error }) => error > 0.1)
      .toSorted((a, b) => b.error - a.error)
      .slice(0, MOST)
      .map(({ workload, share, figure, value, real, error }) => [
        `${workload} at ${share} %`,
        of,
        `${figure}: ${textOf(figure, value)} for ${textOf(figure, real)}`,
        percent(error),
      ]),
  );
  const wrong = verdicts(programs, 'both').wrong.map(({ workload, share }) => `${workload} at ${share} %`);
  return `## Worst cases\n${lines.length === 0 ? 'No figure is off by more than 10 %.' : table(['', 'error of', '', ''], lines)}\n\nVerdicts that are wrong for a program: ${wrong.join(', ') || 'none'}.\n\n${EXPLAINED}`;
}

const textOf = (figure: string, value: number): string => (figure === 'peak' ? size(value) : compact(value));

const ANCHORS = `## What others reach
| what | error | source |
|---|---|---|
| page cache simulation: I/O time | 32 % (WRENCH-cache), 36 % (its prototype), 47 % on a real application; 328 % without a page cache | Do et al., "Modeling the Linux page cache for accurate simulation of data-intensive applications", 2021 |
| simulation of a machine: run time | 13 % (SPEC), 16-17 % (PARSEC) | gem5 against a board |
| traces that are not whole | up to 50 times | Flanagan et al., 1993 |

Those are errors of time. Ours are of counts, which decide it; time is in the table above, and is rough: the emulator's disk is not the guest's.
`;
