import { compact, count, duration, pageSize, percent } from '../../kernel/numbers.ts';
import { isSet, type Pages, pages } from '../../kernel/units.ts';
import { cardOf, figureNamesIn } from '../../machine/kernels.ts';
import { UNKNOWN } from '../../report/rereads.ts';
import { reclaimerWord, stateWord, woken } from '../draw/columns.ts';
import { type Figure, figuresBeside } from '../draw/figures.ts';
import type { Row, Span } from '../draw/spans.ts';
import { safe, wrap } from '../draw/text.ts';
import type { CgroupRow } from '../stage/stage.ts';
import type { Look } from '../theme.ts';

const inSize = (of: Pages): string => pageSize(of);

/** Usage and marks in words, and what went on lately. */
export function overview(cgroup: CgroupRow, columns: number): Row[] {
  return [...figuresBeside(memory(cgroup), work(cgroup), columns), ...story(cgroup, columns)];
}

/** Where the marks come from: start, stop. */
function knobsOf(cgroup: CgroupRow): [string, string] {
  const { start, stop } = cardOf(cgroup);
  return [start?.knob ?? '', (stop ?? start)?.knob ?? ''];
}

function memory(cgroup: CgroupRow): Figure[] {
  const { usage, cache, rss } = cgroup;
  const { limit, high, low } = usage;
  const [startFile, stopFile] = knobsOf(cgroup);
  const names = figureNamesIn({ kernel: cgroup.kernel });
  const note = (text: string): Span => [text, 'label'];
  const mark = (value: Pages, unset: string): Span => (isSet(value) ? [inSize(value), 'mark'] : unset);
  const share = isSet(limit) && limit > 0 ? [note(`, ${percent(usage.usage / limit)} of the limit`)] : [];
  const below = isSet(limit) && isSet(high) ? [note(`, ${inSize(pages(limit - high))} below the limit`)] : [];
  const room = isSet(high) && isSet(low) ? [note(`, ${inSize(pages(high - low))} less`)] : [];
  return [
    { name: 'usage', value: inSize(usage.usage), notes: [...share, note(`, peak ${inSize(usage.max)}`)] },
    { name: names.limit.title, value: mark(limit, 'none'), notes: [note(`  ${names.limit.file}`)] },
    {
      name: names.high?.title ?? 'start at',
      value: mark(high, 'not set'),
      notes: [note(`  ${names.low === null ? names.high?.file : startFile}`), ...below],
    },
    ...(names.low === null
      ? []
      : [{ name: 'stop at', value: mark(low, 'not set'), notes: [note(`  ${stopFile}`), ...room] }]),
    { name: 'state', value: stateWord(cgroup), notes: [note(`  ${stateNote(cgroup)}`)] },
    { name: 'holds', value: `page cache ${inSize(cache)}, anonymous ${inSize(rss)}` },
  ];
}

function stateNote({ state, usage: { low, high, limit } }: CgroupRow): string {
  if (state === 'RES_OVER_LIMIT') return 'above the limit';
  if (!isSet(low) && !isSet(high)) return 'no marks are set';
  if (isSet(limit) && low >= limit) return 'start and stop are at the limit';
  if (state === 'RES_BELOW_LOW') return 'at or below stop';
  return state === 'RES_BELOW_HIGH' ? 'between stop and start' : 'above start: to be reclaimed';
}

function work(cgroup: CgroupRow): Figure[] {
  const { stat, rates, failcnt, tasks, health } = cgroup;
  const [startFile] = knobsOf(cgroup);
  const maker = startFile === '' ? '' : `  writing ${startFile} makes one`;
  const note = (text: string): Span => [text, 'label'];
  const perSecond = (rate: number): string => `${inSize(pages(Math.round(rate)))}/s`;
  const often = (rate: number, all: number): Pick<Figure, 'value'> & { notes: Span[] } =>
    all === 0
      ? { value: note('never'), notes: [] }
      : {
          value: [`${compact(rate)}/s`, rate > 0 ? 'bad' : null],
          notes: [note(`, ${count(all)} so far`)],
        };
  const stalls = often(rates.stalls, stat.stall_count);
  const failures = often(rates.failures, failcnt);
  const isSaved = stat.bg_state !== 'none';
  return [
    {
      name: 'reclaimer',
      value: [reclaimerWord(cgroup), tone(cgroup)],
      notes: [
        note(
          isSaved
            ? `  ${woken(cgroup)}`
            : cardOf(cgroup).runs === 'in tasks'
              ? '  the tasks themselves'
              : maker,
        ),
      ],
    },
    {
      name: 'background',
      value: [perSecond(rates.background), rates.background > 0 ? 'background' : null],
      // Of one that spins that is the verdict.
      notes:
        isSaved && health.word !== 'spinning' ? [note(`  for ${percent(rates.reclaimerCpu)} of a CPU`)] : [],
    },
    {
      name: 'direct',
      value: [perSecond(rates.direct), rates.direct > 0 ? 'bad' : null],
      notes: [note('  by the tasks'), note(' themselves')],
    },
    {
      name: 'stalls',
      ...stalls,
      notes: stat.stall_count > 0 ? [note(`, p99 ${duration(stat.stall_p99_ns)}`), ...stalls.notes] : [],
    },
    {
      name: 'limit met',
      ...failures,
      notes: [...failures.notes, note(`  ${figureNamesIn({ kernel: cgroup.kernel }).counts[0].file}`)],
    },
    {
      name: 'refaults',
      value:
        stat.refaults === 0
          ? note('never')
          : rates.refaults === null
            ? UNKNOWN
            : `${compact(rates.refaults)}/s`,
      notes: [
        ...(stat.refaults === null || stat.refaults === 0 ? [] : [note(`, ${count(stat.refaults)} so far`)]),
        note(`, ${perSecond(rates.charged)} charged`),
      ],
    },
    {
      name: 'tasks',
      value: count(tasks),
      notes: [
        ...(stat.stall_total_ns > 0
          ? [[`, waited ${duration(stat.stall_total_ns)} so far`, 'bad'] as const]
          : []),
        ...(stat.oom_kills > 0 ? [[`, ${count(stat.oom_kills)} killed: out of memory`, 'bad'] as const] : []),
      ],
    },
  ];
}

function tone({ stat }: CgroupRow): Look | null {
  if (stat.bg_state === 'spinning') return 'bad';
  return stat.bg_state === 'reclaiming' ? 'background' : null;
}

/** What the verdict had no room for. */
function story({ health }: CgroupRow, columns: number): Row[] {
  const told = (name: string, text: string): Row[] =>
    text === '' ? [] : wrap(`${name} ${safe(text)}`, columns - 2).map((line) => [' ', [line, 'label']]);
  const isLong = health.reason.length > columns - 40 || health.advice.length > columns - 6;
  const lines = [
    ...(isLong ? [...told('why:', health.reason), ...told('try:', health.advice)] : []),
    ...(health.advice === '' ? [] : told('before:', health.earlier)),
  ];
  return lines.length === 0 ? [] : [[], ...lines];
}
