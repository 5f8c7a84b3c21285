import { beforeEach, expect, test, vi } from 'vitest';
import { crowded, limitGroup } from './watermarks.ts';

const machine = await vi.hoisted(async () => {
  const { bootMachine } = await import('memcg');
  return bootMachine({ at: '/sys/fs/cgroup/memory', boot: null, cpus: 1 });
});
vi.mock('node:fs/promises', () => machine.fs.promises);

machine.runSync('mkdir web');
const fresh = machine.save();
beforeEach(() => machine.load(fresh));

test('a group is limited in the one order that the kernel takes, and eased in the other', async () => {
  await limitGroup('web', 64 * 1024 ** 2);
  expect(machine.runSync('cat web/low_wmark_in_bytes')).toBe(`${48 * 1024 ** 2}\n`);
  await limitGroup('web', 128 * 1024 ** 2);
  expect(machine.runSync('cat web/low_wmark_in_bytes')).toBe(`${96 * 1024 ** 2}\n`);
});

test('a group whose reader is faster than its limit is crowded, until background reclaim is on', async () => {
  machine.runSync('set web low_wmark_in_bytes=64M high_wmark_in_bytes=64M limit_in_bytes=64M');
  await machine.run('spawn reader web');
  await machine.run('run reader stream data.img 512M');
  expect((await crowded()).get('web')).toBeGreaterThan(1000);

  await limitGroup('web', 64 * 1024 ** 2);
  machine.runSync('drop all');
  await machine.run('run reader stream other.img 512M');
  expect(await crowded()).toEqual(new Map());
});

test('what the kernel refuses is the error that node:fs would throw', async () => {
  await limitGroup('web', 64 * 1024 ** 2);
  machine.runSync('spawn reader web');
  await expect(machine.fs.promises.rmdir('/sys/fs/cgroup/memory/web')).rejects.toMatchObject({
    code: 'EBUSY',
    syscall: 'rmdir',
    path: '/sys/fs/cgroup/memory/web',
  });
});
