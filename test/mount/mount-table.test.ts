import { expect, test } from 'vitest';
import { parseMounts } from '../../src/mount/host/mount-table.ts';

test.each([
  [
    'a cgroup hierarchy, a folder of which is mounted',
    '34 30 0:29 /docker/1 /sys/fs/cgroup/memory rw,nosuid shared:9 master:2 - cgroup cgroup rw,memory',
    {
      directory: '/sys/fs/cgroup/memory',
      root: '/docker/1',
      type: 'cgroup',
      source: 'cgroup',
      options: ['rw', 'memory'],
    },
  ],
  [
    'a place with a blank, without optional fields',
    '61 30 0:50 / /mnt/my\\040cgroups rw - fuse.memcg a\\134b rw,user_id=0',
    {
      directory: '/mnt/my cgroups',
      root: '/',
      type: 'fuse.memcg',
      source: 'a\\b',
      options: ['rw', 'user_id=0'],
    },
  ],
])('/proc/self/mountinfo tells of %s', (_, line, mounted) => {
  expect(parseMounts(`${line}\n`)).toEqual([mounted]);
});
