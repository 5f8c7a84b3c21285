import { count, duration, plural, size } from '../../kernel/numbers.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { bytesOf, type Pages } from '../../kernel/units.ts';
import { shown } from '../../script/paths.ts';
import { type EventGroup, groupEvents, type Together } from '../draw/event-groups.ts';
import type { Scrolled } from '../draw/scrolled.ts';
import { type Paint, rowOf } from '../draw/spans.ts';
import { timeText } from '../draw/time-text.ts';
import type { Theme } from '../theme.ts';

const TIME = 13;

/** What happened to the cgroup and those below it, and why; the newest last. */
export function events(path: string, all: readonly TraceEvent[], columns: number, theme: Theme): Scrolled {
  const groups = groupEvents(all);
  if (groups.length === 0) {
    return {
      count: 1,
      row: () => rowOf([[' nothing has happened here yet', theme.label]], columns),
      fromEnd: true,
    };
  }
  return {
    count: groups.length,
    row: (index) => groupRow(groups[index], path, columns, theme),
    fromEnd: true,
  };
}

function groupRow(group: EventGroup, path: string, columns: number, theme: Theme): string {
  const many = group.kind === 'many' ? group.together : null;
  const [time, cgroup] =
    group.kind === 'many'
      ? [group.together.from, group.together.cgroup]
      : [group.event.time, group.event.cgroup];
  const { text, paint } =
    group.kind === 'many' ? toldTogether(group.together, theme) : told(group.event, theme);
  const during = many !== null && many.to - many.from >= 1e6 ? ` in ${duration(many.to - many.from)}` : '';
  return rowOf(
    [
      [`${timeText(time, 1e6).padStart(TIME)}  `, theme.label],
      [cgroup === null || cgroup === path ? '' : `${shown(cgroup)}: `, theme.title],
      [text, paint],
      [during, theme.label],
    ],
    columns,
  );
}

interface Told {
  readonly text: string;
  readonly paint: Paint | null;
}

function toldTogether(together: Together, theme: Theme): Told {
  const { background, passes, scanned, freed, failures, stalls, inVain, waited } = together;
  if (background) {
    const looked = scanned > freed ? ` of ${count(scanned)} looked at` : '';
    const text = `the reclaimer freed ${plural(freed, 'page')}${looked}, ${count(passes)} ${passes === 1 ? 'pass' : 'passes'}`;
    return { text, paint: freed === 0 ? theme.bad : theme.background };
  }
  const parts = [
    ...(failures > 0 ? [`tasks met the limit ${failures === 1 ? 'once' : `${count(failures)} times`}`] : []),
    ...(stalls > 0 ? [`stalled for ${duration(waited)} in all`] : []),
    ...(passes > 0 ? [`freed ${plural(freed, 'page')} themselves`] : []),
    ...(inVain > 0 ? [`${count(inVain)} in vain`] : []),
  ];
  return { text: parts.join(', '), paint: theme.bad };
}

const inSize = (pages: Pages): string => size(bytesOf(pages));

function told(event: TraceEvent, theme: Theme): Told {
  switch (event.type) {
    case 'start':
      return {
        text: `a reclaimer was made (pid ${event.pid}), by a write of the start mark or of reclaimd`,
        paint: null,
      };
    case 'stop':
      return { text: `the reclaimer has ended (pid ${event.pid})`, paint: null };
    case 'wake':
      return {
        text: `the reclaimer woke up: usage ${inSize(event.usage)} rose above the start mark`,
        paint: theme.background,
      };
    case 'sleep':
      return {
        text: `the reclaimer fell asleep: usage ${inSize(event.usage)} is down to the stop mark`,
        paint: null,
      };
    case 'nap':
    case 'pass':
    case 'stall':
    case 'limit-failure':
      // Always told together.
      return { text: '', paint: null };
    case 'oom-kill':
      return {
        text: `killed ${event.task} (pid ${event.pid}): ${event.cgroup === null ? 'the machine is ' : ''}out of memory, nothing could be freed`,
        paint: theme.bad,
      };
    case 'warning':
      return { text: `warning: ${event.text} (possible: ${inSize(event.floor)})`, paint: theme.mark };
  }
}
