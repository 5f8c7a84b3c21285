import type { ReactElement } from 'react';
import { duration, instant, pageSize, percent, times } from '../../kernel/numbers.ts';
import type { Size } from '../draw/layout.ts';
import { rowBetween, type Span, spansWidth } from '../draw/spans.ts';
import { cut, safe } from '../draw/text.ts';
import type { Clock, Snapshot } from '../stage/stage.ts';
import type { View } from '../view.ts';
import { Rows } from './rows.ts';

/** ` memcg default `. */
const LEAST_TITLE = 15;

/** Whose machine it is, where one stands in time, and the machine's totals. One row or two. */
export function Header({ view, columns, rows }: Size & { readonly view: View }): ReactElement {
  const { clock, snapshot } = view;
  const standing = ['  ', ...standingSpans(view, columns), ' '];
  const [time, pace] = timeSpans(clock);
  const isRoomy = spansWidth([time, pace, ...standing]) + LEAST_TITLE <= columns;
  const where = isRoomy ? [time, pace, ...standing] : [time, ...standing];
  const room = columns - spansWidth(where) - 1;
  const shown =
    rows >= 2
      ? [rowBetween(title(view, [], room), where, columns), rowBetween(...totals(snapshot, columns), columns)]
      : [rowBetween(title(view, ['   ', ...memorySpans(snapshot)], room), where, columns)];
  return <Rows rows={shown} columns={columns} />;
}

/** Where one stands in time matters more: what has no room beside it is left out, the name is cut. */
function title({ name, kind }: View, more: readonly Span[], room: number): Span[] {
  const memcg: Span = [' memcg ', 'title'];
  const shown = safe(name);
  const what: Span = [kind === 'session' ? ' session' : ' script', 'label'];
  const least = spansWidth([memcg, cut(shown, 16)]);
  const fits = (...spans: readonly Span[]): boolean => least + spansWidth(spans) <= room;
  const behind = fits(what, ...more) ? [what, ...more] : fits(what) ? [what] : [];
  return [memcg, cut(shown, Math.max(4, room - spansWidth([memcg, ...behind]))), ...behind];
}

function timeSpans({ time, speed }: Clock): [time: Span, pace: Span] {
  const pace = speed === 'max' ? 'full speed' : times(speed);
  return [
    [instant(time, 1e7), 'title'],
    [` ${pace}`, 'label'],
  ];
}

function standingSpans({ clock, fork }: View, columns: number): Span[] {
  const { catchingUp, recalling, standing, ended, paused } = clock;
  if (catchingUp !== null && standing === 'present')
    return [[` CATCHING UP ${percent(catchingUp)} `, 'selected past']];
  if (standing === 'past') {
    const ago = duration(Math.max(0, clock.present - clock.time));
    return [[paused ? ' PAST ' : ' PAST ▸ ', 'selected past'], ...(columns >= 60 ? [` ${ago} ago`] : [])];
  }
  const word: Span[] = standing === 'what if' ? [[' WHAT IF ', 'selected whatIf'], ' '] : [];
  if (fork !== null && fork.progress < 1) return [...word, `catching up ${percent(fork.progress)}`];
  if (ended !== null)
    return [
      ...word,
      [' ENDED ', 'selected'],
      ...(columns >= 90 ? [` ${cut(safe(ended), Math.floor(columns / 3))}`] : []),
    ];
  const past: Span[] = recalling === null ? [] : [[`its past ${percent(recalling)}  `, 'label']];
  return [...word, ...past, paused ? [' PAUSED ', 'selected'] : ['LIVE', 'title']];
}

function memorySpans({ totals: { memory, free } }: Snapshot): Span[] {
  return [['memory ', 'label'], `${pageSize((memory - free) as typeof memory)} of ${pageSize(memory)}`];
}

function totals(snapshot: Snapshot, columns: number): [Span[], Span[]] {
  const { totals: machine, cpus, tasks, cgroups } = snapshot;
  const figure = (name: string, value: string): Span[] => [[`   ${name} `, 'label'], value];
  const swap = machine.swap === 0 ? 'none' : `${pageSize(machine.swapUsed)} of ${pageSize(machine.swap)}`;
  const left: Span[] = [' ', ...memorySpans(snapshot), ...figure('swap', swap)];
  if (columns >= 90) {
    left.push(...figure('dirty', pageSize(machine.dirty)));
    left.push(...figure('being written', pageSize(machine.writeback)));
  }
  const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const things = [plural(cpus, 'CPU'), plural(tasks, 'task'), plural(cgroups.length, 'cgroup')].join(', ');
  return [left, [[`${things} `, 'label']]];
}
