import { describe, expect, test } from 'vitest';
import { KERNELS, kernelNamed } from '../../src/machine/kernels.ts';
import { Machine } from '../../src/machine/machine.ts';
import { Console } from '../support/boot.ts';

describe('a file of the other version', () => {
  test.each([
    ['6.1', 'memory.limit_in_bytes', 1, 'memory.max'],
    ['6.1', 'memory.usage_in_bytes', 1, 'memory.current'],
    ['6.1', 'memory.failcnt', 1, 'memory.events'],
    ['6.1', 'tasks', 1, 'cgroup.procs'],
    ['2.6.26', 'memory.max', 2, 'memory.limit_in_bytes'],
    ['2.6.26', 'memory.high', 2, 'memory.high_wmark_in_bytes'],
    ['2.6.26', 'cgroup.procs', 2, 'tasks'],
  ] as const)('on %s: %s is of version %i, and %s is told', (kernel, name, version, instead) => {
    const sh = new Console(Machine.boot({ kernel }));
    sh.mkdir('/web');
    const answer = sh.write(`/web/${name}`, '64M');
    expect(answer).toMatchObject({
      errno: 'ENOENT',
      why: `there is no ${name} in /web: it is of version ${version}: here it is ${instead}`,
    });
  });

  test.each([
    ['6.1', '2.6.26'],
    ['2.6.26', '6.1'],
  ] as const)('on %s every file that only %s has is told to be of the other version', (here, other) => {
    const sh = new Console(Machine.boot({ kernel: here }));
    const own = KERNELS[kernelNamed(here)].policies.flatMap(({ files }) => files.map(({ name }) => name));
    const there = new Console(Machine.boot({ kernel: other }));
    for (const each of [sh, there]) each.mkdir('/web');
    const silent = ['/', '/web'].flatMap((path) => {
      const list = there.machine.list(path);
      return (list.ok ? list.value : [])
        .filter(({ name }) => !own.includes(name))
        .map(({ name }) => ({ name, found: sh.machine.read(`/web/${name}`) }))
        .filter(
          ({ found }) => !found.ok && found.errno === 'ENOENT' && !/: it is of version \d/.test(found.why),
        )
        .map(({ name }) => name);
    });
    expect(silent.filter((name) => name !== 'web')).toEqual([]);
  });

  test('low_wmark_in_bytes is told of the policy that has it', () => {
    const plain = new Console(Machine.boot({ kernel: '6.1' }));
    const ported = new Console(Machine.boot({ kernel: '6.1', policy: 'rfc' }));
    for (const each of [plain, ported]) each.mkdir('/web');
    const name = '/web/memory.low_wmark_in_bytes';
    expect(plain.write(name, '1M')).toMatchObject({
      why: 'there is no memory.low_wmark_in_bytes in /web: it is of version 1, and nothing here is in its place, but with policy=rfc memory.low_wmark',
    });
    expect(ported.write(name, '1M')).toMatchObject({
      why: 'there is no memory.low_wmark_in_bytes in /web: it is of version 1: here it is memory.low_wmark',
    });
  });

  test('whose controller is not enabled is told how to have it', () => {
    const sh = new Console(Machine.boot({ kernel: '6.1' }));
    sh.mkdir('/a');
    sh.mkdir('/a/b');
    expect(sh.write('/a/b/memory.max', '8M')).toMatchObject({
      why: 'there is no memory.max in /a/b: enable memory there first: write +memory to /a/cgroup.subtree_control',
    });
    sh.write('/a/cgroup.subtree_control', '+memory');
    expect(sh.write('/a/b/memory.max', '8M').ok).toBe(true);
  });
});
