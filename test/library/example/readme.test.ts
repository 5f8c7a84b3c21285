import { expect, test, vi } from 'vitest';
import { limitGroup } from './watermarks.ts'; // writes below /sys/fs/cgroup/memory by node:fs/promises

const machine = await vi.hoisted(async () => {
  const { bootMachine } = await import('memcg');
  return bootMachine({ at: '/sys/fs/cgroup/memory', cpus: 1 });
});
vi.mock('node:fs/promises', () => machine.fs.promises);

test('under the marks of limitGroup a reader of 512M never meets its limit', async () => {
  await limitGroup('default', 64 * 1024 ** 2);
  await machine.run('spawn reader');
  await machine.run('run reader stream data.img 512M');
  expect(machine.runSync('cat failcnt')).toBe('0\n');
});
