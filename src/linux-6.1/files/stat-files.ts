import { done } from '../../kernel/errno.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { DISK_READ, DISK_WRITE, SWAP_READ, SWAP_WRITE } from '../../mm/blkdev.ts';
import { cpuTime } from '../freezer.ts';
import type { ControlFile } from '../types.ts';

/** Statistics of cpu and io, which cgroups have without the controllers. */

const cpuStat: ControlFile = {
  name: 'cpu.stat',
  mode: 0o444,
  about: 'CPU time of the tasks in the cgroup and below',
  kind: 'lines',
  rule: 'In microseconds. All that emulated tasks do is done in the kernel, so it is system time.',
  initially: 'zeros',
  source: 'kernel/cgroup/rstat.c and kernel/sched/core.c of Linux 6.1',
  example: 'cat /cpu.stat:usage_usec',
  read: ({ mm }, { memcg, parent }) => {
    const used = Math.floor(Math.max(0, cpuTime(mm, memcg)) / 1000);
    const bandwidth = 'nr_periods 0\nnr_throttled 0\nthrottled_usec 0\nnr_bursts 0\nburst_usec 0\n';
    return done(`usage_usec ${used}\nuser_usec 0\nsystem_usec ${used}\n${parent === null ? bandwidth : ''}`);
  },
};

const ioStat: ControlFile = {
  name: 'io.stat',
  mode: 0o444,
  where: 'root',
  about: 'bytes that were read and written, of the whole machine',
  kind: 'lines',
  rule: '8:0 is the disk, 8:16 the swap area. Requests are not counted.',
  initially: 'empty',
  source: 'block/blk-cgroup.c of Linux 6.1',
  example: 'cat /io.stat',
  read: ({ mm: { devices } }) => {
    const line = (name: string, read: number, write: number): string => {
      const [r, w] = [read, write].map((index) => (devices[index]?.completed ?? 0) * PAGE_SIZE);
      return r + w === 0 ? '' : `${name} rbytes=${r} wbytes=${w}\n`;
    };
    return done(line('8:0', DISK_READ, DISK_WRITE) + line('8:16', SWAP_READ, SWAP_WRITE));
  },
};

export const STAT_FILES: readonly ControlFile[] = [cpuStat, ioStat];
