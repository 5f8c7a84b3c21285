import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
import { ns, pages, SECOND } from '../../src/kernel/units.ts';
import type { Errno, Operation } from '../../src/machine/machine.ts';
import { alloc, free, map, sleep, stream, touch } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

describe('a mistake is answered, and changes nothing', () => {
  const data = new Uint8Array();
  test.each<[string, Operation, Errno]>([
    ['a task that never was', { op: 'run', task: 'nobody', behaviour: alloc(1) }, 'ESRCH'],
    ['a signal to nobody', { op: 'kill', task: 'nobody', signal: 'KILL' }, 'ESRCH'],
    ['waiting for nobody', { op: 'wait-task', task: 'nobody' }, 'ESRCH'],
    ['a signal to sh', { op: 'kill', task: 'sh', signal: 'KILL' }, 'EPERM'],
    ['work for sh', { op: 'run', task: 'sh', behaviour: alloc(1) }, 'EPERM'],
    ['work for a kernel thread', { op: 'run', task: 'pdflush', behaviour: alloc(1) }, 'EPERM'],
    ['work for the busy', { op: 'start', task: 'busy', behaviour: alloc(1) }, 'EBUSY'],
    ['a touch of no memory', { op: 'run', task: 't', behaviour: touch(null) }, 'EFAULT'],
    ['a touch beyond the memory', { op: 'run', task: 'owner', behaviour: touch(31) }, 'EFAULT'],
    ['freeing more than there is', { op: 'run', task: 'owner', behaviour: free(11) }, 'EINVAL'],
    ['memory far beyond the machine', { op: 'run', task: 't', behaviour: alloc(2 ** 29) }, 'ENOMEM'],
    [
      'a read beyond where files end',
      { op: 'run', task: 't', behaviour: stream('f', 1, { at: 2 ** 33 }) },
      'EFBIG',
    ],
    ['a map beyond where files end', { op: 'run', task: 't', behaviour: map('f', 2 ** 33 + 1) }, 'EFBIG'],
    ['a file longer than files can be', { op: 'truncate', file: 'f', pages: pages(2 ** 33 + 1) }, 'EFBIG'],
    ['a name that is taken', { op: 'spawn', task: 't', cgroup: '/' }, 'EEXIST'],
    ['a task in no cgroup', { op: 'spawn', task: 'new', cgroup: '/none' }, 'ENOENT'],
    ['a move to no cgroup', { op: 'attach', task: 't', cgroup: '/none' }, 'ENOENT'],
    ['a move to a file', { op: 'attach', task: 't', cgroup: '/a/tasks' }, 'ENOTDIR'],
    ['a write to a cgroup', { op: 'write', path: '/a', data }, 'EISDIR'],
    ['a write to no file', { op: 'write', path: '/a/none', data }, 'ENOENT'],
    ['removing the root', { op: 'rmdir', path: '/' }, 'EBUSY'],
    ['removing a parent', { op: 'rmdir', path: '/a' }, 'EBUSY'],
    ['removing nothing', { op: 'rmdir', path: '/none' }, 'ENOENT'],
    ['a cgroup that is there', { op: 'mkdir', path: '/a' }, 'EEXIST'],
    ['moving a cgroup elsewhere', { op: 'rename', from: '/a/b', to: '/b' }, 'EIO'],
    ['dropping what was never open', { op: 'drop', file: 'none' }, 'ENOENT'],
  ])('%s', (_what, operation, errno) => {
    const sh = boot();
    sh.group('/a');
    sh.group('/a/b');
    for (const task of ['t', 'busy', 'owner']) sh.spawn(task);
    sh.start('busy', sleep(SECOND));
    sh.run('owner', alloc(10));
    sh.run('owner', map('f', 20));
    const before = [sh.machine.cgroups(), sh.machine.tasks(), sh.usage('/')];
    const answer = sh.do(operation);
    expect(answer).toMatchObject({ ok: false, errno });
    if (!answer.ok) expect(answer.why).not.toBe('');
    expect([sh.machine.cgroups(), sh.machine.tasks(), sh.usage('/')]).toEqual(before);
  });
});

describe('an operation', () => {
  test('can not be begun while another is in hand', () => {
    const sh = boot();
    sh.spawn('t');
    expect(sh.machine.perform({ op: 'run', task: 't', behaviour: sleep(SECOND) })).toBeNull();
    expect(() => sh.machine.perform({ op: 'sync' })).toThrow('in hand');
  });

  test('wait-task is over when the task does nothing more, or is gone', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', sleep(SECOND));
    expect(sh.do({ op: 'wait-task', task: 't' })).toMatchObject({ ok: true });
    expect(sh.machine.now).toBeGreaterThanOrEqual(SECOND);
    sh.kill('t');
    expect(sh.do({ op: 'wait-task', task: 't' })).toMatchObject({ ok: true });
  });

  test('wait-until ends as soon as its test holds', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', stream('f', 1000, { rate: 4_096_000, readahead: false }));
    sh.waitUntil(() => sh.machine.usage('/').usage >= 500);
    expect(sh.machine.usage('/').usage).toBeLessThan(540);
    expect(sh.machine.now / SECOND).toBeCloseTo(0.5, 1);
  });

  test('wait-until answers EAGAIN at its time', () => {
    const sh = boot();
    const answer = sh.do({ op: 'wait-until', test: () => false, until: ns(3 * SECOND) });
    expect(answer).toMatchObject({ errno: 'EAGAIN' });
    expect(sh.machine.now).toBe(3 * SECOND);
  });

  test('sleep ends at its very time, and at once when that is past', () => {
    const sh = boot();
    sh.do({ op: 'sleep', until: ns(1_234_567) });
    expect(sh.machine.now).toBe(1_234_567);
    sh.do({ op: 'sleep', until: ns(5) });
    expect(sh.machine.now).toBe(1_234_567);
  });

  test('a force_empty that is interrupted leaves nothing for the next one, of another group', () => {
    const sh = boot();
    for (const path of ['/a', '/b']) sh.group(path);
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 400, { write: true }));
    sh.do({ op: 'attach', task: 't', cgroup: '/' });
    expect(
      sh.machine.perform({ op: 'write', path: '/a/memory.force_empty', data: encodeText('0') }),
    ).toBeNull();
    sh.machine.run(ns(sh.machine.now + 30_000));
    sh.machine.interrupt();
    sh.machine.run(null);
    const { usage } = sh.machine.usage('/a');
    expect(usage).toBeGreaterThan(0);
    expect(sh.do({ op: 'write', path: '/b/memory.force_empty', data: encodeText('0') })).toMatchObject({
      ok: true,
    });
    expect(sh.machine.usage('/a').usage).toBe(usage);
  });

  test('kill is over when the task is gone', () => {
    const sh = boot();
    sh.group('/a');
    sh.spawn('t', '/a');
    sh.start('t', stream('f', 1000, { block: pages(500) }));
    sh.wait(1e6);
    sh.kill('t');
    expect(sh.read('/a/tasks')).toBe('');
    expect(sh.rmdir('/a')).toMatchObject({ ok: true });
  });

  test('rename moves a cgroup with what is below it', () => {
    const sh = boot();
    sh.group('/a');
    sh.group('/a/b');
    expect(sh.do({ op: 'rename', from: '/a', to: '/c' })).toMatchObject({ ok: true });
    expect(sh.machine.cgroups()).toEqual(['/', '/c', '/c/b']);
    expect(sh.machine.read('/a/tasks')).toMatchObject({ errno: 'ENOENT' });
  });
});

describe('the machine', () => {
  test('stands still until it is run', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', alloc(10));
    expect([sh.machine.now, sh.usage('/')]).toEqual([0, 0]);
    expect(sh.machine.run(ns(SECOND))).toEqual({ why: 'time' });
    expect([sh.machine.now, sh.usage('/')]).toEqual([SECOND, 10]);
  });

  test('says that it is idle when nothing will ever happen again', () => {
    const sh = boot();
    sh.spawn('t');
    sh.start('t', alloc(10));
    expect(sh.machine.run(null)).toEqual({ why: 'idle' });
  });

  test('writes what sh attaches itself to', () => {
    const sh = boot();
    sh.group('/a');
    sh.write('/a/tasks', '0');
    expect(sh.machine.tasks().find((task) => task.name === 'sh')?.cgroup).toBe('/a');
    expect(sh.rmdir('/a')).toMatchObject({ errno: 'EBUSY' });
  });

  test('gives a cgroup that was made anew a clean slate', () => {
    const sh = boot();
    sh.group('/a', { low: 10, high: 20, limit: 30 });
    sh.spawn('t', '/a');
    sh.run('t', stream('f', 100));
    sh.kill('t');
    sh.rmdir('/a');
    sh.group('/a');
    expect(sh.machine.usage('/a')).toMatchObject({ usage: 0, max: 0, low: 2 ** 30, limit: 2 ** 30 });
    expect(sh.machine.reclaimStat('/a')).toMatchObject({
      bg_state: 'none',
      direct_passes: 0,
      stall_count: 0,
    });
  });
});
