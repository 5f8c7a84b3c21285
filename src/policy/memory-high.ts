import { kibibytes } from '../kernel/units.ts';
import { type Application, type Card, type Knob, sizeKnob, type WantedMarks } from './card.ts';

export const V2 = 'cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19';

/** The card of cgroup v2's memory.high, as far as it is the same on every kernel. */
export function memoryHighCard(limitKnob: (marks: WantedMarks) => Knob) {
  const knobs = (marks: WantedMarks): readonly Knob[] => [limitKnob(marks), sizeKnob('high', marks.high)];
  return {
    name: 'memory.high',
    about:
      'tasks that charge above it reclaim as much themselves, and are slowed down; nobody does so for them',
    home: 'Linux 5.19, cgroup v2',
    source: V2,
    reclaimer: 'memory.high',
    runs: 'in tasks',
    start: { name: 'memory.high', file: 'high', knob: 'high' },
    stop: null,
    knobs,
    forms: ({ limit, high }) => {
      const marks = { limit, high, low: high };
      return applications(kibibytes(high), kibibytes(limit)).map((each) => ({
        ...each,
        marks,
        knobs: knobs(marks),
      }));
    },
  } as const satisfies Omit<Card, 'files'>;
}

const THROTTLED = 'Above memory.high the allocating task itself reclaims, and is slowed down.';

/** systemd takes K for 1024 (systemd.resource-control(5)), Docker k (docker-run(1)). */
const applications = (high: string, limit: string): readonly Application[] => [
  {
    name: 'memory.high',
    title: 'to apply it on cgroup v2',
    lines: ['cd /sys/fs/cgroup/GROUP', `echo ${high} > memory.high`, `echo ${limit} > memory.max`],
    note: THROTTLED,
  },
  {
    name: 'systemd',
    title: 'to apply it to a unit of systemd (cgroup v2)',
    lines: ['# systemctl edit UNIT', '[Service]', `MemoryHigh=${high}`, `MemoryMax=${limit}`],
    note: THROTTLED,
  },
  {
    name: 'docker',
    title: 'to apply it to a container of Docker (cgroup v2, its systemd driver)',
    lines: [
      `docker run --detach --name NAME --memory ${limit.toLowerCase()} IMAGE`,
      `systemctl set-property --runtime "docker-$(docker inspect -f '{{.Id}}' NAME).scope" MemoryHigh=${high}`,
    ],
    note: 'Docker and Compose have no option for memory.high: it is set on the scope that the container runs in.',
  },
];
