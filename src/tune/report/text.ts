import { duration } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import { type Look, MIN_WIDTH, type Palette, palette } from '../../report/look.ts';
import { known } from '../../report/rereads.ts';
import { unbroken } from '../../report/svg/text.ts';
import { paragraph, type Row, table } from '../../report/table.ts';
import type { Findings, Tuned } from '../analysis/findings.ts';
import type { Rated } from '../analysis/rated.ts';
import { isRecommended } from '../analysis/recommendation.ts';
import { reclaimsInTasks, regionText } from '../analysis/regions.ts';
import type { Sweep } from '../sweep.ts';
import { continued } from './continued.ts';
import { NOT_TO_BE_HAD, noFormTexts, toType } from './forms-words.ts';
import { LIMIT_HEADS, LIMITS_TITLE, limitCells, limitsText } from './limits-words.ts';
import {
  answer,
  atLeast,
  bestName,
  certainty,
  cheapestText,
  cpuShare,
  cpuTimes,
  figureHeads,
  hurts,
  limitText,
  longest,
  mark,
  mean,
  objectiveText,
  oneMark,
  p99,
  partialText,
  policyName,
  reach,
  rereadsText,
  robustnessText,
  SLIP_NOTE,
  setting,
  slipText,
  slipTitle,
  stoppedText,
  stopText,
  unsure,
  waited,
  waitsText,
} from './words.ts';

/** More of the trade-off would push the rest off the screen; `--json` and `--html` have all. */
const MOST_FRONT = 8;

/** The answers for a person, in lines that each end with a newline. */
export function renderTuneText(all: readonly Tuned[], asked: Look): string {
  const look = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const overview = all.length > 1 ? [overviewOf(all, look)] : [];
  const text = sections([...overview, ...all.flatMap((tuned) => blocks(tuned, look))]);
  return look.unicode ? text : plain(text);
}

/** What a terminal without Unicode can show. */
const plain = (text: string): string => text.replaceAll('→', '->').replaceAll('·', '|').replaceAll('≥', '>=');

const sections = (all: readonly (readonly string[])[]): string =>
  all
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');

/** A line for each script. */
function overviewOf(all: readonly Tuned[], look: Look): string[] {
  const paint = palette(look.color);
  const rows = all.map(({ sweep, findings: { best, without, partial } }): Row => {
    const note = partial === null ? '' : paint.bad('partial');
    const label = visible(sweep.script);
    if (best === null) {
      const why = paint.bad('nothing to recommend');
      return { label, cells: [mark(sweep.limit), '-', '-', '-', '-', '-', '-'], note: note || why };
    }
    const { marks, figures } = best;
    return {
      label,
      cells: [
        mark(sweep.limit),
        paint.mark(mark(marks.high)),
        paint.mark(stopText(marks)),
        `${waited(without.figures)} → ${waited(figures)}`,
        longest(figures),
        known(figures.refaults, mean),
        paint.background(duration(figures.cpu)),
      ],
      note,
    };
  });
  return table(['limit', 'start at', 'stop at', 'waited', 'longest', 'refaults', 'CPU'], rows, look.width);
}

function blocks({ sweep, findings }: Tuned, look: Look): string[][] {
  const paint = palette(look.color);
  const { best, partial } = findings;
  const words = (text: string): string[] => unitsKept(text, look.width, '  ');
  const head = [
    ...paragraph(paint.title(visible(sweep.script)), look.width),
    ...words(`${setting(sweep)}; wanted: ${objectiveText(findings.objective)}`),
    ...(partial === null ? [] : words(paint.bad(partialText(visible(partial))))),
  ];
  const verdict = unitsKept(paint.title(visible(answer(sweep, findings))), look.width);
  const unknown = rereadsText(findings);
  const waits = waitsText(findings);
  const cheapest = cheapestText(findings);
  const robust = robustnessText(findings);
  const stopped = stoppedText(findings);
  const notAll = stopped === null ? [] : words(stopped);
  const limit = words(limitText(sweep, findings));
  const limits = limitsTable(sweep, findings, look);
  if (best === null) return [head, verdict, limits, notAll, regionTable(sweep, findings, look), limit];
  return [
    head,
    [...verdict, ...[waits, unknown, cheapest].flatMap((each) => (each === null ? [] : words(each)))],
    limits,
    findings.policies.length > 1 ? policyTable(findings, look) : bestTable(best, findings, look),
    notAll,
    frontTable(best, findings, look),
    regionTable(sweep, findings, look),
    slipTable(best, findings, look),
    [
      paint.label('how sure'),
      ...(robust === null ? [] : words(robust)),
      ...words(certainty(findings)),
      ...limit,
    ],
    ...(isRecommended(findings) ? applyLines(sweep, best, findings, look) : []),
  ];
}

/** Lines in which a number stays with its unit. */
const unitsKept = (text: string, width: number, indent = ''): string[] =>
  paragraph(unbroken(text), width, indent).map((line) => line.replaceAll('\u00a0', ' '));

/** What smaller and larger limits buy, a line each, where several were asked for. */
function limitsTable({ peak }: Sweep, findings: Findings, look: Look): string[] {
  const text = limitsText(findings);
  if (findings.limits === null || text === null) return [];
  const rows = findings.limits.rows.map((row): Row => {
    const [limit, ...cells] = limitCells(row, peak);
    return { label: limit, cells: cells.slice(0, 6), note: cells[6] ?? '' };
  });
  const heads = LIMIT_HEADS.slice(1, -1);
  const { label } = palette(look.color);
  return [
    ...paragraph(label(LIMITS_TITLE), look.width),
    ...table(heads, rows, look.width),
    ...unitsKept(text, look.width, '  '),
  ];
}

/** The recommendation beside no background reclaim. */
function bestTable(best: Rated, findings: Findings, look: Look): string[] {
  const { without } = findings;
  const paint = palette(look.color);
  const both = [best, without];
  const row = (label: string, text: (rated: Rated) => string): Row => ({
    label: paint.label(label),
    cells: both.map(text),
  });
  const cpu = cpuTimes(both.map(({ figures }) => figures));
  const only = oneMark(best.marks.policy);
  const star = unsure({ without });
  return table(
    [bestName(findings), 'without'],
    [
      { label: paint.label(only?.name ?? 'start at'), cells: [paint.mark(mark(best.marks.high))] },
      ...(only === null
        ? [{ label: paint.label('stop at'), cells: [paint.mark(mark(best.marks.low))] }]
        : []),
      row(`time waited${star}`, ({ figures }) => waited(figures)),
      row(`  longest${star}`, ({ figures }) => longest(figures)),
      row('refaults', ({ figures }) => known(figures.refaults, mean)),
      ...(reclaimsInTasks(best.marks.policy)
        ? []
        : [
            row(`reclaimer CPU${star}`, (rated) => cpu[both.indexOf(rated)]),
            row('  of one CPU', ({ figures }) => cpuShare(figures)),
          ]),
      row(`stalls${star}`, (rated) => stallsText(rated, paint)),
      row('  p99', ({ figures }) => p99(figures)),
      row(`done in${star}`, ({ figures }) => duration(figures.elapsed)),
      ...(without.region === 'failed' ? [{ label: '', cells: ['', paint.bad('fails')] }] : []),
    ],
    look.width,
  );
}

/** The best of each policy, and no background reclaim, a line each. */
function policyTable({ policies, without }: Findings, look: Look): string[] {
  const paint = palette(look.color);
  const all = [...policies, without];
  const cpu = cpuTimes(all.map(({ figures }) => figures));
  const rows = all.map((rated, i): Row => {
    const { marks, region } = rated;
    const at = rated === without ? ['', ''] : [mark(marks.high), stopText(marks)].map(paint.mark);
    return {
      label: rated === without ? 'without' : policyName(marks.policy),
      cells: [...at, ...figureCells(rated, cpu[i], paint)],
      note:
        region === 'fine' || region === 'passed-by' ? '' : paint.bad(regionText(region, marks.policy).title),
    };
  });
  return table(['start at', 'stop at', ...figureHeads({ without })], rows, look.width);
}

const figureCells = (rated: Rated, cpu: string, paint: Palette): string[] => [
  waited(rated.figures),
  longest(rated.figures),
  atLeast(rated.figures, known(rated.figures.refaults, mean)),
  atLeast(rated.figures, cpu),
  stallsText(rated, paint),
];

const stallsText = ({ figures }: Rated, paint: Palette): string =>
  figures.stalls > 0 ? paint.bad(atLeast(figures, mean(figures.stalls))) : '0';

function frontTable(best: Rated, findings: Findings, look: Look): string[] {
  const { front, without } = findings;
  if (front.length < 2) return [];
  const paint = palette(look.color);
  const shown = thinned(front, best);
  const only = oneMark(best.marks.policy);
  const cpu = cpuTimes(shown.map(({ figures }) => figures));
  const rows = shown.map((rated, i): Row => {
    const { marks, region } = rated;
    const words = [
      ...(isSame(rated, best) ? [bestName(findings)] : []),
      ...(region === 'fine' || region === 'passed-by' ? [] : [regionText(region, marks.policy).title]),
    ];
    const at = only === null ? [mark(marks.high), mark(marks.low)] : [mark(marks.high)];
    return {
      label: '',
      cells: [...at.map(paint.mark), ...figureCells(rated, cpu[i], paint)],
      note: words.join(', '),
    };
  });
  const heading = 'trade-off: nothing that was tried is better than these in everything';
  const more = front.length - shown.length;
  return [
    ...paragraph(paint.label(heading), look.width),
    ...table(
      [...(only === null ? ['start at', 'stop at'] : [only.name]), ...figureHeads({ without })],
      rows,
      look.width,
    ),
    ...(more > 0 ? paragraph(paint.label(`... and ${more} more between them`), look.width, '  ') : []),
  ];
}

const isSame = (a: Rated, b: Rated): boolean => a.marks.high === b.marks.high && a.marks.low === b.marks.low;

/** Ends and the recommendation stay. */
function thinned(front: readonly Rated[], best: Rated): Rated[] {
  const last = front.length - 1;
  const kept = new Set(
    Array.from({ length: MOST_FRONT }, (_, i) => Math.round((i * last) / (MOST_FRONT - 1))),
  );
  return front.filter((rated, i) => kept.has(i) || isSame(rated, best));
}

function regionTable({ limit }: Sweep, { regions }: Findings, look: Look): string[] {
  const paint = palette(look.color);
  const all = regions.reduce((sum, { trials }) => sum + trials, 0);
  const bad = regions.filter(({ name }) => name !== 'fine' && name !== 'idle');
  if (bad.length === 0) return [];
  const rows = bad.map((region) => ({
    label: paint.bad(regionText(region.name, region.policy).title),
    cells: [`${region.trials} of ${all}`],
    note: [reach(region, limit), regionText(region.name, region.policy).why]
      .filter((text) => text !== '')
      .join(': '),
  }));
  return [paint.label('where marks go wrong'), ...table([''], rows, look.width)];
}

function slipTable(best: Rated, { slips }: Findings, look: Look): string[] {
  const paint = palette(look.color);
  if (slips.length === 0) return [];
  const rows = slips.map((slip): Row => {
    const text = slipText(slip, best.figures);
    return { label: slipTitle(slip, best.marks), cells: [], note: hurts(slip) ? paint.bad(text) : text };
  });
  const moved = slips.some(({ kind }) => kind.startsWith('all'));
  return [
    paint.label('what being wrong by 10 % costs'),
    ...table([], rows, look.width),
    ...(moved ? paragraph(paint.label(SLIP_NOTE), look.width, '  ') : []),
  ];
}

/** What to type, with what came of it as it is written; and what can't be had. */
function applyLines(sweep: Sweep, best: Rated, { written }: Findings, look: Look): string[][] {
  const { label } = palette(look.color);
  const bad = noFormTexts(written);
  return [
    toType(sweep, best, written).flatMap(({ title, lines, note }) => [
      ...paragraph(label(title), look.width),
      ...lines.flatMap((line) => continued(line, look.width - 4)).map((line) => `    ${visible(line)}`),
      ...unitsKept(label(note), look.width, '  '),
    ]),
    bad.length === 0
      ? []
      : [
          ...paragraph(label(NOT_TO_BE_HAD), look.width),
          ...bad.flatMap((each) => unitsKept(each, look.width, '  ')),
        ],
  ];
}
