import { COUNTER, COUNTER_RULE } from '../../fs/counter-text.ts';
import type { WriteAnswer } from '../../fs/types.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { kstrtoint } from '../../kernel/memparse.ts';
import { bytesOf, pages } from '../../kernel/units.ts';
import { placeMarks } from '../background.ts';
import { propagateProtected } from '../page-counter.ts';
import { askHigh, askMax, askReclaim } from '../proactive-reclaim.ts';
import type { Cgroup, ControlFile, Events, MemCgroup } from '../types.ts';
import { counterFile, pagesIn } from './counter-file.ts';
import { memoryStat, STAT_KINDS } from './memory-stat.ts';

/** The control files of mm/memcontrol.c. */

const SOURCE = 'mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst';

const current: ControlFile = {
  name: 'memory.current',
  mode: 0o444,
  where: 'below',
  about: 'the memory that is charged to the cgroup and to those below it now',
  kind: 'bytes',
  rule: 'Charged in batches of 64 pages for each CPU, so that up to 63 pages a CPU are in nobody’s use.',
  initially: '0',
  source: SOURCE,
  example: 'cat -h memory.current',
  read: (_fs, { memcg }) => done(`${bytesOf(pages(memcg.memory.usage))}\n`),
};

const peak: ControlFile = {
  name: 'memory.peak',
  mode: 0o444,
  where: 'below',
  about: 'the highest usage so far',
  kind: 'bytes',
  rule: 'A batch that was refused further up counts.',
  initially: '0',
  source: SOURCE,
  example: 'cat -h memory.peak',
  read: (_fs, { memcg }) => done(`${bytesOf(pages(memcg.memory.watermark))}\n`),
};

/** A size that is kept in the counter, and what a write of it does beyond that. */
const mark = (
  name: 'min' | 'low' | 'high' | 'max',
  said: Pick<ControlFile, 'about' | 'rule' | 'initially' | 'example' | 'turn'>,
  written: (cgroup: Cgroup, value: number) => WriteAnswer,
): ControlFile =>
  counterFile(
    `memory.${name}`,
    { ...said, steers: true },
    ({ memory }) => memory[name],
    (cgroup, value, mm) => {
      cgroup.memcg.memory[name] = value;
      placeMarks(mm, cgroup.memcg);
      return written(cgroup, value);
    },
  );

/** memory_high_write(): what is above already the writer reclaims, as far as that goes. */
export function reclaimAbove(cgroup: Cgroup, value: number): WriteAnswer {
  if (cgroup.memcg.memory.usage <= value) return OK;
  return { wait: 'reclaim', cgroup, asked: askHigh(value), strict: false };
}

/** page_counter_set_min(), page_counter_set_low() */
const protect = ({ memcg }: Cgroup): WriteAnswer => {
  propagateProtected(memcg.memory);
  return OK;
};

const min = mark(
  'min',
  {
    about: 'what is never reclaimed of the cgroup for the sake of others',
    rule: 'Of usage below it nothing is taken, above it in proportion. What is below the parent’s is shared out.',
    initially: '0',
    example: 'write memory.min 16M',
  },
  protect,
);

const low = mark(
  'low',
  {
    about: 'what is reclaimed only when nothing else is left',
    rule: 'As memory.min, but broken, with an event low, before the OOM killer comes.',
    initially: '0',
    example: 'write memory.low 16M',
  },
  protect,
);

const high = mark(
  'high',
  {
    about: 'who leaves the usage above this reclaims as much, and is held back; max: nobody',
    rule:
      'A batch charged above it is reclaimed on the way back to user mode, at once beyond one batch; then its task is ' +
      'held up to 2 s, by the square of what is left above.',
    initially: 'max',
    example: 'write memory.high 96M',
    turn: { falls: 0, rises: 1 },
  },
  reclaimAbove,
);

const max = mark(
  'max',
  {
    about: 'no charge may take the usage above this',
    rule:
      'Who would charge above it reclaims first. What is above it already is reclaimed by the writer; when nothing is ' +
      'left, the OOM killer comes. The write succeeds all the same.',
    initially: 'max; /default is booted with 128M',
    example: 'write memory.max 256M',
    turn: { falls: 1, rises: 0 },
  },
  (cgroup, value) =>
    cgroup.memcg.memory.usage <= value
      ? OK
      : { wait: 'reclaim', cgroup, asked: askMax(value), strict: false },
);

const reclaim: ControlFile = {
  name: 'memory.reclaim',
  mode: 0o200,
  about: 'a size written is reclaimed before the write returns; EAGAIN when so much can not be had',
  kind: 'bytes',
  writes: COUNTER,
  refusal: 'memory.reclaim can only be written',
  rule: 'EAGAIN when less can be had. More may be freed: a pass counts at each priority anew.',
  initially: '-',
  source: SOURCE,
  example: 'write memory.reclaim 8M',
  write: (_fs, cgroup, data) => {
    const value = pagesIn(data, '');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    return value === 0 ? OK : { wait: 'reclaim', cgroup, asked: askReclaim(value), strict: true };
  },
};

const eventsText = ({ low, high, max, oom, oomKill, oomGroupKill }: Events): string =>
  `low ${low}\nhigh ${high}\nmax ${max}\noom ${oom}\noom_kill ${oomKill}\noom_group_kill ${oomGroupKill}\n`;

const eventsFile = (name: string, about: string, of: (memcg: MemCgroup) => Events): ControlFile => ({
  name,
  mode: 0o444,
  where: 'below',
  about,
  kind: 'lines',
  rule: 'low: reclaimed below memory.low. high: passes for memory.high. max: charges that met memory.max.',
  initially: 'zeros',
  source: SOURCE,
  example: `cat ${name}:max`,
  polling: 'events',
  read: (_fs, { memcg }) => done(eventsText(of(memcg))),
});

const events = eventsFile(
  'memory.events',
  'how often limits were met, here and below',
  ({ events: counted }) => counted,
);
const eventsLocal = eventsFile(
  'memory.events.local',
  'how often limits were met here',
  ({ eventsLocal: counted }) => counted,
);

const stat: ControlFile = {
  name: 'memory.stat',
  mode: 0o444,
  about: 'what the memory is that the cgroup and those below it have, and what reclaim did',
  kind: 'lines',
  lines: STAT_KINDS,
  rule: 'Counted exactly: the kernel adds up its CPUs’ counts now and then.',
  initially: 'zeros',
  source: SOURCE,
  example: 'cat memory.stat:file',
  read: ({ mm }, { memcg }) => done(memoryStat(mm, memcg)),
};

const oomGroup: ControlFile = {
  name: 'memory.oom.group',
  where: 'below',
  about: '1: when one dies of want of memory, all in the cgroup and below do',
  kind: 'count',
  reads: '0 or 1',
  writes: '0 or 1',
  rule: 'EINVAL for anything else.',
  initially: '0',
  source: SOURCE,
  example: 'write memory.oom.group 1',
  read: (_fs, { memcg }) => done(memcg.oomGroup ? '1\n' : '0\n'),
  write: (_fs, { memcg }, data) => {
    const value = kstrtoint(data);
    if (value === 'ERANGE') return refuse('ERANGE', 'write 0 or 1');
    if (value !== 0 && value !== 1) return refuse('EINVAL', 'write 0 or 1');
    memcg.oomGroup = value === 1;
    return OK;
  },
};

export const MEMORY_FILES: readonly ControlFile[] = [
  current,
  peak,
  min,
  low,
  high,
  max,
  events,
  eventsLocal,
  stat,
  oomGroup,
  reclaim,
];
