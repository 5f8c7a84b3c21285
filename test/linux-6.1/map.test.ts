import { expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';

test('a mapped file comes in to its last page, over the markers of its read-ahead', () => {
  const machine = Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(2 ** 17) });
  machine.perform({ op: 'mkdir', path: '/group' });
  machine.perform({ op: 'spawn', task: 'mapper', cgroup: '/group' });
  const answer = machine.perform({
    op: 'run',
    task: 'mapper',
    behaviour: { kind: 'map', file: 'library', pages: pages(2560) },
  });
  expect(answer ?? machine.run(null)).toEqual({ why: 'done', result: { ok: true, value: undefined } });
  expect(machine.read('/group/memory.stat')).toMatchObject({
    ok: true,
    value: expect.stringMatching(/^file_mapped 10485760$/m),
  });
});
