import { kibibytes } from '../kernel/units.ts';
import { type Card, type Knob, sizeKnob, type WantedMarks } from './card.ts';

export const V2 = 'cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19';

/** The card of cgroup v2's memory.high, as far as it is the same on every kernel. */
export const memoryHighCard = (limitKnob: (marks: WantedMarks) => Knob) =>
  ({
    name: 'memory.high',
    about:
      'tasks that charge above it reclaim as much themselves, and are slowed down; nobody does so for them',
    home: 'Linux 5.19, cgroup v2',
    source: V2,
    reclaimer: 'memory.high',
    runs: 'in tasks',
    start: { name: 'memory.high', file: 'high', knob: 'high' },
    stop: null,
    knobs: (marks) => [limitKnob(marks), sizeKnob('high', marks.high)],

    applied: ({ limit, high }, isOwn) =>
      isOwn
        ? {
            name: 'memory.high',
            title: 'to apply it on cgroup v2',
            lines: [
              'cd /sys/fs/cgroup/GROUP',
              `echo ${kibibytes(high)} > memory.high`,
              `echo ${kibibytes(limit)} > memory.max`,
            ],
            note: 'Above memory.high the allocating task itself reclaims, and is slowed down.',
          }
        : null,
  }) as const satisfies Omit<Card, 'files'>;
