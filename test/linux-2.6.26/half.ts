import { done, OK, refuse } from '../../src/kernel/errno.ts';
import { parseWrittenSize } from '../../src/kernel/memparse.ts';
import { type Bytes, bytes, bytesOf } from '../../src/kernel/units.ts';
import { backgroundStep } from '../../src/linux-2.6.26/background.ts';
import { limitKnob, type Policy, placeMarks } from '../../src/linux-2.6.26/policy/policy.ts';
import { wholePages } from '../../src/linux-2.6.26/res-counter.ts';
import type { ControlFile, MemCgroup } from '../../src/linux-2.6.26/types.ts';
import { knob, type PolicyState, stateOf } from '../../src/policy/card.ts';

/** A policy that nobody has: above the start it reclaims down to half of it. */

interface HalfState extends PolicyState {
  readonly rule: 'half';
  start: Bytes;
}

const own = (memcg: MemCgroup): HalfState => stateOf<HalfState>(memcg, 'half');

const halfStart: ControlFile = {
  name: 'memory.half_start',
  where: 'below',
  about: 'usage above this is reclaimed, down to half of it; 0: none is',
  kind: 'bytes',
  reads: 'bytes',
  writes: 'a size',
  rule: 'What is above the start goes, and half of the rest.',
  initially: '0',
  source: 'a test',
  example: 'write half_start 8M',
  steers: true,
  read: (_fs, { memcg }) => done(`${own(memcg).start}\n`),
  write: ({ mm }, { memcg }, data) => {
    const value = parseWrittenSize(data);
    if (value === null) return refuse('EINVAL', 'a start is a size');
    own(memcg).start = value;
    placeMarks(mm, memcg);
    return OK;
  },
};

const halfStop: ControlFile = {
  name: 'memory.half_stop',
  where: 'below',
  about: 'half of the start',
  kind: 'bytes',
  reads: 'bytes',
  rule: 'Half of memory.half_start.',
  initially: '0',
  source: 'a test',
  example: 'cat half_stop',
  refusal: 'write memory.half_start',
  read: (_fs, { memcg }) => done(`${own(memcg).start / 2n}\n`),
};

export const HALF = {
  name: 'half',
  about: 'above the start a thread reclaims half of it',
  home: 'no kernel',
  source: 'a test',
  reclaimer: 'halver',
  runs: 'when woken',
  start: { name: 'whole', file: 'half_start', knob: 'half_start' },
  stop: { name: 'half', file: 'half_stop', knob: 'half_start' },
  files: [halfStart, halfStop],
  boot: 'boot-wmarks-off.memcg',
  newState: (): HalfState => ({ rule: 'half', start: bytes(0n) }),
  marks(memcg) {
    const { start } = own(memcg);
    return start === 0n ? null : { start: wholePages(start), stop: wholePages(bytes(start / 2n)) };
  },
  thread: (memcg) => (own(memcg).start === 0n ? null : 'halver'),
  step: (mm, thread, memcg) =>
    backgroundStep(
      mm,
      thread,
      memcg,
      (turn, reclaimed) =>
        memcg.res.usage > memcg.res.lowPages && (turn === 'passed' ? reclaimed > 0 : turn === 'woken'),
    ),
  knobs: (marks) => [limitKnob(marks), knob('half_start', bytesOf(marks.high))],
  forms: ({ limit, high, low }) => [
    {
      name: 'half',
      title: 'to halve it elsewhere',
      lines: [`halve ${bytesOf(high)}`],
      note: '',
      marks: { limit, high, low: low ?? high },
      knobs: [knob('half_start', bytesOf(high))],
    },
  ],
} as const satisfies Policy;
