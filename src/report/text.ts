import { duration } from '../kernel/numbers.ts';
import { visible } from '../kernel/visible.ts';
import type { CgroupResult, RunResult } from '../script/result.ts';
import { cgroupTable, wasUsed } from './cgroup-table.ts';
import { renderChart, scaleOf } from './chart.ts';
import { headline } from './headline.ts';
import { badgeOf, isBad } from './health.ts';
import { type Look, MIN_WIDTH, palette } from './look.ts';
import { namesOf, policiesSentence, policyOf, reclaimerOf } from './policy-runs.ts';
import { runHealth } from './run-health.ts';
import { type Cells, runsTable, sharedMarks, timesTable } from './runs-table.ts';
import { paragraph } from './table.ts';
import {
  endedEarly,
  expectationSummary,
  failedExpectations,
  missedSentence,
  rereadsUnknown,
  warningLines,
} from './verdict.ts';

/**
 * One run for a person, in lines that each end with a newline: per cgroup that held memory a table and a
 * chart, then what was not as expected. The sentence of `run.error` is not in it: errors go to stderr.
 */
export function renderReport(run: RunResult, asked: Look): string {
  const look = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const took = `${duration(run.virtualNs)} virtual time, ${duration(run.realMs * 1e6)} real time`;
  const used = run.cgroups.filter(wasUsed);
  const blocks = used.flatMap((cgroup) => [
    [...title(cgroup.path, look), ...health(cgroup, run, look), ...cgroupTable(cgroup, run, look)],
    renderChart(cgroup.history, look, undefined, namesOf(run)),
    warningsOf(run, cgroup.path, look),
  ]);
  return sections([
    [...title(run.script, look), ...paragraph(took, look.width, '  '), ...verdict(run, look)],
    ...blocks,
    otherWarnings(run, used, look),
    failedExpectations(run, look),
  ]);
}

/**
 * The same script with and without background reclaim, side by side; the first sentence says what changed.
 * What `off` did not meet is shown apart: it does not count.
 */
export function renderComparison(on: RunResult, off: RunResult, asked: Look): string {
  const look = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const runs = [on, off];
  const beside = { runs, isPair: true };
  const names = [
    palette(look.color).background(`with ${reclaimerOf(on)}`),
    palette(look.color).label('without'),
  ];
  const both = cgroupsOf(runs);
  const blocks = both.flatMap(({ path, cells }) => [
    [
      ...title(path, look, sharedMarks(cells, namesOf(on))),
      ...healths(cells, runs, names, look),
      ...runsTable(beside, cells, look),
    ],
    ...charts(cells, names, [on, on], look),
    warningsOf(on, path, look),
  ]);
  return sections([
    title(headline(on, off, look.unicode), look),
    [...title(on.script, look), ...timesTable(beside, look), ...verdict(on, look)],
    ...blocks,
    otherWarnings(on, both, look),
    notCounted(off, reclaimerOf(on), look),
    failedExpectations(on, look),
  ]);
}

/** The same script under several policies, one a column. All of them count. */
export function renderPolicies(runs: readonly RunResult[], asked: Look): string {
  const look = { ...asked, width: Math.max(MIN_WIDTH, asked.width) };
  const beside = { runs, isPair: false };
  const names = runs.map((run) => palette(look.color).background(policyOf(run)));
  const blocks = cgroupsOf(runs).flatMap(({ path, cells }) => [
    [...title(path, look), ...healths(cells, runs, names, look), ...runsTable(beside, cells, look)],
    ...charts(cells, names, runs, look),
    ...runs.map((run) => warningsOf(run, path, look)),
  ]);
  const missed = runs.map((run) => {
    const lines = [...verdict(run, look), ...failedExpectations(run, look)];
    return lines.length > 0
      ? [...paragraph(palette(look.color).label(`${policyOf(run)}:`), look.width), ...lines]
      : [];
  });
  return sections([
    title(policiesSentence(runs), look),
    [...title(runs[0]?.script ?? '', look), ...timesTable(beside, look)],
    ...blocks,
    ...missed,
  ]);
}

/** Every cgroup that held memory in any of the runs, in order of creation. */
function cgroupsOf(runs: readonly RunResult[]): { readonly path: string; readonly cells: Cells }[] {
  const paths = new Set(runs.flatMap(({ cgroups }) => cgroups.filter(wasUsed).map(({ path }) => path)));
  return [...paths].map((path) => ({
    path,
    cells: runs.map((run) => run.cgroups.find((cgroup) => cgroup.path === path) ?? null),
  }));
}

/** Is it fine, and if not, why, and what could be tried. */
function health(cgroup: CgroupResult, run: RunResult, look: Look, name = ''): string[] {
  const { word, reason, advice } = runHealth(cgroup, run);
  const { bad, background, title: strong, label } = palette(look.color);
  const paint = isBad(word) ? bad : word === 'calm' ? strong : background;
  const begin = name === '' ? '' : `${name}: `;
  return [
    ...paragraph(`${begin}${paint(badgeOf(word))} ${visible(reason)}`, look.width, '  '),
    ...(advice === '' ? [] : paragraph(`${label('try')} ${visible(advice)}`, look.width, '    ')),
  ];
}

const healths = (cells: Cells, runs: readonly RunResult[], names: readonly string[], look: Look): string[] =>
  cells.flatMap((cgroup, i) => (cgroup === null ? [] : health(cgroup, runs[i], look, names[i])));

/** One above the other, to one scale; the marks have the names that the policies of `runs` have for them. */
function charts(cells: Cells, names: readonly string[], runs: readonly RunResult[], look: Look): string[][] {
  const scale = scaleOf(cells.flatMap((cgroup) => (cgroup ? [cgroup.history] : [])));
  return cells.map((cgroup, i) => {
    const lines = cgroup ? renderChart(cgroup.history, look, scale, namesOf(runs[i])) : [];
    return lines.length > 0 ? [`  ${names[i]}`, ...lines] : [];
  });
}

function notCounted(off: RunResult, reclaimer: string, look: Look): string[] {
  const { label } = palette(look.color);
  const missed = missedSentence(off);
  const sentence = missed === null ? [] : paragraph(label(`Without ${reclaimer} ${missed}`), look.width);
  return [...endedEarly(off, look), ...sentence];
}

function title(text: string, look: Look, marks = ''): string[] {
  const paint = palette(look.color);
  const aside = marks === '' ? '' : `  ${paint.mark(marks)}`;
  return paragraph(`${paint.title(visible(text))}${aside}`, look.width);
}

const sections = (blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');

const verdict = (run: RunResult, look: Look): string[] => [
  ...paragraph(expectationSummary(run, look), look.width, '  '),
  ...rereadsUnknown(run, look),
  ...endedEarly(run, look),
];

const warningsOf = (run: RunResult, path: string, look: Look): string[] =>
  warningLines(
    run.warnings.filter(({ cgroup }) => cgroup === path),
    look,
  );

/** Warnings about cgroups that have no table, as when they were removed. */
function otherWarnings(run: RunResult, shown: readonly { path: string }[], look: Look): string[] {
  const paths = new Set(shown.map(({ path }) => path));
  return warningLines(
    run.warnings.filter(({ cgroup }) => !paths.has(cgroup)),
    look,
  );
}
