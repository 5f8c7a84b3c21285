import { done, OK, refuse } from '../../kernel/errno.ts';
import { decodeText } from '../../kernel/text.ts';
import { kthreadStop } from '../../mm/process.ts';
import { sizeKnob } from '../../policy/card.ts';
import { RFC_CARD, SERIES } from '../../policy/rfc.ts';
import { startDaemon } from '../daemon.ts';
import { OURS } from '../files/extra-files.ts';
import { MARK_ORDER, SIZE, unsetBut, writeMark } from '../files/memory-files.ts';
import { memcontdStep } from '../memcontd.ts';
import type { ControlFile } from '../types.ts';
import { limitKnob, type Policy } from './policy.ts';

/** The series' own rule: memcontd (../memcontd.ts). Its marks are files of the counter's, written as they are. */

const THREAD = 'memcontd';

const high: ControlFile = {
  name: 'memory.high_wmark_in_bytes',
  after: 'memory.failcnt',
  about: 'a charge that leaves the usage above this wakes the background reclaimer ("start at")',
  kind: 'bytes',
  writes: `${SIZE}. The first write, a refused one too, starts the thread memcontd of the cgroup`,
  rule: `${MARK_ORDER} Only a charge that succeeded wakes the reclaimer; lowering a mark below the usage wakes nobody.`,
  initially: unsetBut('48M'),
  source: `patches 2/4 and 3/4 of ${SERIES}`,
  example: 'write high_wmark_in_bytes 64M',
  steers: true,
  turn: { falls: 1, rises: 1 },
  passesRemoved: ({ own }) => own.errata.startAfterRmdir,
  read: (_fs, { memcg }) => done(`${memcg.res.high}\n`),
  write: ({ mm }, { memcg }, data) => {
    // 3/4: the thread is started before the value is looked at, and stays when that is refused.
    startDaemon(mm, memcg, THREAD);
    return writeMark(mm, memcg, 'high', data);
  },
};

const low: ControlFile = {
  name: 'memory.low_wmark_in_bytes',
  after: 'memory.failcnt',
  about: 'the background reclaimer goes on until the usage is at or below this ("stop at")',
  kind: 'bytes',
  writes: SIZE,
  rule:
    `${MARK_ORDER} Once awake the reclaimer goes on down to low, also below high. ` +
    'If nothing more can be reclaimed above low it never sleeps again and burns CPU.',
  initially: unsetBut('32M'),
  source: `patches 2/4 and 3/4 of ${SERIES}`,
  example: 'write low_wmark_in_bytes 24M',
  steers: true,
  turn: { falls: 0, rises: 2 },
  read: (_fs, { memcg }) => done(`${memcg.res.low}\n`),
  write: ({ mm }, { memcg }, data) => writeMark(mm, memcg, 'low', data),
};

const reclaimd: ControlFile = {
  name: 'memory.reclaimd',
  after: 'memory.numa_stat',
  about: 'running or stopped: `start` and `stop` start and stop the background reclaimer',
  kind: 'text',
  reads: 'running or stopped',
  writes: 'start or stop; a stop returns when the thread is gone',
  rule: 'A write of high_wmark_in_bytes starts it too. rmdir stops it; nothing else does.',
  initially: 'stopped',
  source: `${OURS}; an answer to the question that ended patch 3/4 of ${SERIES}`,
  example: 'write reclaimd stop',
  steers: true,
  read: (_fs, { memcg }) => done(memcg.daemon === null ? 'stopped\n' : 'running\n'),
  write: ({ mm }, cgroup, data) => {
    const word = decodeText(data).replace(/[\t-\r ]+$/, '');
    if (word === 'start') {
      startDaemon(mm, cgroup.memcg, THREAD);
      return OK;
    }
    if (word !== 'stop') return refuse('EINVAL', 'write start or stop');
    if (cgroup.memcg.daemon === null) return OK;
    kthreadStop(mm, cgroup.memcg.daemon);
    return { wait: 'stop-daemon', cgroup };
  },
};

export const RFC = {
  ...RFC_CARD,
  home: 'Linux 2.6.26',
  source: SERIES,
  start: { name: 'high', file: 'high_wmark_in_bytes', knob: 'high_wmark_in_bytes' },
  stop: { name: 'low', file: 'low_wmark_in_bytes', knob: 'low_wmark_in_bytes' },
  files: [high, low, reclaimd],
  boot: 'boot.memcg',
  step: memcontdStep,
  knobs: (marks) => [
    sizeKnob('low_wmark_in_bytes', marks.low),
    sizeKnob('high_wmark_in_bytes', marks.high),
    limitKnob(marks),
  ],
} as const satisfies Policy;
