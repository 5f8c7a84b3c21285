import { count, duration, instant, plural, size } from '../../kernel/numbers.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import { bytesOf, type Pages } from '../../kernel/units.ts';
import { shown } from '../../script/paths.ts';
import { type EventGroup, groupEvents, type Together } from '../draw/event-groups.ts';
import type { Scrolled } from '../draw/scrolled.ts';
import type { Row } from '../draw/spans.ts';
import type { Look } from '../theme.ts';

const TIME = 13;

/** What happened to the cgroup and those below it, and why; the newest last. */
export function events(path: string, all: readonly TraceEvent[]): Scrolled {
  const groups = groupEvents(all);
  if (groups.length === 0) {
    return {
      count: 1,
      row: () => [[' nothing has happened here yet', 'label']],
      fromEnd: true,
    };
  }
  return {
    count: groups.length,
    row: (index) => groupRow(groups[index], path),
    fromEnd: true,
  };
}

function groupRow(group: EventGroup, path: string): Row {
  const many = group.kind === 'many' ? group.together : null;
  const [time, cgroup] =
    group.kind === 'many'
      ? [group.together.from, group.together.cgroup]
      : [group.event.time, group.event.cgroup];
  const { text, paint } = group.kind === 'many' ? toldTogether(group.together) : told(group.event);
  const during = many !== null && many.to - many.from >= 1e6 ? ` in ${duration(many.to - many.from)}` : '';
  return [
    [`${instant(time, 1e6).padStart(TIME)}  `, 'label'],
    [cgroup === null || cgroup === path ? '' : `${shown(cgroup)}: `, 'title'],
    [text, paint],
    [during, 'label'],
  ];
}

interface Told {
  readonly text: string;
  readonly paint: Look | null;
}

function toldTogether(together: Together): Told {
  const { background, passes, scanned, freed, failures, stalls, inVain, waited } = together;
  if (background) {
    const looked = scanned > freed ? ` of ${count(scanned)} looked at` : '';
    const text = `the reclaimer freed ${plural(freed, 'page')}${looked}, ${count(passes)} ${passes === 1 ? 'pass' : 'passes'}`;
    return { text, paint: freed === 0 ? 'bad' : 'background' };
  }
  const parts = [
    ...(failures > 0 ? [`tasks met the limit ${failures === 1 ? 'once' : `${count(failures)} times`}`] : []),
    ...(stalls > 0 ? [`stalled for ${duration(waited)} in all`] : []),
    ...(passes > 0 ? [`freed ${plural(freed, 'page')} themselves`] : []),
    ...(inVain > 0 ? [`${count(inVain)} in vain`] : []),
  ];
  return { text: parts.join(', '), paint: 'bad' };
}

const inSize = (pages: Pages): string => size(bytesOf(pages));

function told(event: TraceEvent): Told {
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
        paint: 'background',
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
        paint: 'bad',
      };
    case 'warning':
      return { text: `warning: ${event.text} (possible: ${inSize(event.floor)})`, paint: 'mark' };
  }
}
