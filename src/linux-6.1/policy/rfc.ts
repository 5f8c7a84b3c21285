import { OK } from '../../kernel/errno.ts';
import { sizeKnob } from '../../policy/card.ts';
import { RFC_CARD, SERIES } from '../../policy/rfc.ts';
import { backgroundStep, startDaemon } from '../background.ts';
import { counterFile } from '../files/counter-file.ts';
import type { Background, ControlFile } from '../types.ts';
import { maxKnob, type Policy } from './policy.ts';

/** The series' rule as it was ported and run: its marks are page counters beside memory.high, in no order. */

const SOURCE = `${SERIES}, ported to memory.high_wmark and memory.low_wmark`;

const mark = (
  key: keyof Pick<Background, 'start' | 'stop'>,
  said: Pick<ControlFile, 'name' | 'about' | 'rule' | 'initially' | 'example'>,
): ControlFile => ({
  ...counterFile(
    said.name,
    { ...said, steers: true },
    ({ background }) => background[key],
    ({ memcg }, value) => {
      memcg.background[key] = value;
    },
  ),
  source: `${SOURCE}; with \`machine policy=rfc\``,
});

const high = mark('start', {
  name: 'memory.high_wmark',
  about: 'a charge that leaves the usage above this wakes the background reclaimer ("start at")',
  rule:
    'The first write, a refused one too, starts the thread memcontd of the cgroup. Only a charge that succeeded wakes ' +
    'it; lowering a mark below the usage wakes nobody.',
  initially: 'max; /default is booted with 48M',
  example: 'write high_wmark 64M',
});

const low = mark('stop', {
  name: 'memory.low_wmark',
  about: 'the background reclaimer goes on until the usage is at or below this ("stop at")',
  rule: 'If nothing more can be reclaimed above low it never sleeps again and burns CPU.',
  initially: 'max; /default is booted with 32M',
  example: 'write low_wmark 24M',
});

export const RFC = {
  ...RFC_CARD,
  home: 'Linux 6.1, as it was ported',
  source: SOURCE,
  start: { name: 'high', file: 'high_wmark', knob: 'high_wmark' },
  stop: { name: 'low', file: 'low_wmark', knob: 'low_wmark' },
  boot: 'boot-linux-6.1-rfc.memcg',
  files: [
    {
      ...high,
      write: (fs, cgroup, data, writer) => {
        startDaemon(fs.mm, cgroup.memcg, 'memcontd');
        return high.write?.(fs, cgroup, data, writer) ?? OK;
      },
    },
    low,
  ],
  knobs: (marks) => [sizeKnob('low_wmark', marks.low), sizeKnob('high_wmark', marks.high), maxKnob(marks)],

  // try_to_free_mem_cgroup_pages() is asked for one page at a time.
  step: (mm, thread, memcg) =>
    backgroundStep(mm, thread, memcg, () => (memcg.memory.usage > memcg.background.stop ? 1 : 0)),
} as const satisfies Policy;
