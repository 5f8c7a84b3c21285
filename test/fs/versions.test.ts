import { describe, expect, test } from 'vitest';
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
