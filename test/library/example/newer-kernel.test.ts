import { bootMachine } from 'memcg';
import { expect, test } from 'vitest';

test('memory.high is met, and memory.max is not', async () => {
  const machine = await bootMachine({ at: '/sys/fs/cgroup', kernel: '6.1', cpus: 1 });
  machine.fs.writeFileSync('/sys/fs/cgroup/default/memory.high', '48M');
  await machine.run('spawn reader');
  await machine.run('run reader stream data.img 512M');
  const events = machine.fs.readFileSync('/sys/fs/cgroup/default/memory.events', 'utf8');
  expect(events).toMatch(/^low 0\nhigh [1-9]\d*\nmax 0\n/);
});
