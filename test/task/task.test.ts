import { describe, expect, test } from 'vitest';
import { MILLISECOND, ns, PAGE_SIZE, pages, SECOND } from '../../src/kernel/units.ts';
import { alloc, sleep, stream, touch } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

function withTask(): Console {
  const sh = boot();
  sh.spawn('t');
  return sh;
}

const state = (sh: Console): string | undefined =>
  sh.machine.tasks().find((task) => task.name === 't')?.state;
const behaviour = (sh: Console): string | null | undefined =>
  sh.machine.tasks().find((task) => task.name === 't')?.behaviour;

/** 1000 pages a second. */
const slowly = (size: number, block = 1) =>
  stream('f', size, { rate: 1000 * PAGE_SIZE, block: pages(block), readahead: false });

describe('a behaviour', () => {
  test('sleep takes its time and no CPU', () => {
    const sh = withTask();
    sh.run('t', sleep(3 * SECOND));
    expect(sh.machine.now).toBeGreaterThanOrEqual(3 * SECOND);
    expect(sh.machine.now).toBeLessThan(3 * SECOND + MILLISECOND);
    expect(sh.machine.tasks().find((task) => task.name === 't')?.cpu_ns).toBe(0);
  });

  test('that was started goes on in the background', () => {
    const sh = withTask();
    sh.start('t', slowly(1000));
    expect(behaviour(sh)).toBe('stream');
    sh.wait(0.1 * SECOND);
    expect(Math.abs(sh.resident('f').length - 100)).toBeLessThanOrEqual(1);
    sh.do({ op: 'wait-task', task: 't' });
    expect([sh.resident('f').length, behaviour(sh)]).toEqual([1000, null]);
  });

  test('can be followed by another', () => {
    const sh = withTask();
    sh.run('t', alloc(10));
    sh.run('t', alloc(10));
    expect(sh.usage('/')).toBe(20);
  });

  test('is over when its last call is: what it has used is the past', () => {
    const sh = withTask();
    sh.run('t', alloc(10));
    const before = sh.machine.now;
    sh.run('t', touch(10, { times: 100 }));
    expect(sh.machine.now - before).toBeGreaterThanOrEqual(1000 * sh.state().mm.costs.touch);
  });
});

describe('stop', () => {
  test('ends a behaviour where the call in hand ends, and keeps the task', () => {
    const sh = withTask();
    sh.start('t', stream('f', 100_000, { block: pages(40), readahead: false }));
    sh.wait(10 * MILLISECOND);
    expect(sh.do({ op: 'stop', task: 't' })).toMatchObject({ ok: true });
    const there = sh.resident('f').length;
    expect(there).toBeGreaterThan(0);
    expect(there % 40).toBe(0);
    expect([behaviour(sh), state(sh)]).toEqual([null, 'S']);
    sh.wait(SECOND);
    expect(sh.resident('f').length).toBe(there);
    expect(sh.run('t', alloc(1))).toMatchObject({ ok: true });
  });

  test('ends a sleep at once', () => {
    const sh = withTask();
    sh.start('t', sleep(3600 * SECOND));
    sh.wait(SECOND);
    sh.do({ op: 'stop', task: 't' });
    expect(sh.machine.now).toBeLessThan(1.001 * SECOND);
  });

  test('of a task that does nothing is done', () => {
    expect(withTask().do({ op: 'stop', task: 't' })).toMatchObject({ ok: true });
  });

  test('as ^C answers EINTR to whoever runs the behaviour', () => {
    const sh = withTask();
    sh.machine.perform({ op: 'run', task: 't', behaviour: slowly(1000) });
    sh.machine.run(ns(0.5 * SECOND));
    sh.machine.interrupt();
    expect(sh.machine.run(null)).toMatchObject({ why: 'done', result: { errno: 'EINTR' } });
    sh.wait(MILLISECOND);
    expect(behaviour(sh)).toBeNull();
  });
});

describe('SIGSTOP', () => {
  test('holds a task until SIGCONT', () => {
    const sh = withTask();
    sh.start('t', slowly(1000));
    sh.wait(0.1 * SECOND);
    sh.kill('t', 'STOP');
    sh.wait(0.001 * SECOND);
    const there = sh.resident('f').length;
    expect(state(sh)).toBe('T');
    sh.wait(10 * SECOND);
    expect(sh.resident('f').length).toBe(there);
    sh.kill('t', 'CONT');
    sh.do({ op: 'wait-task', task: 't' });
    expect(sh.resident('f').length).toBe(1000);
  });

  test('takes hold at the end of the call in hand', () => {
    const sh = withTask();
    sh.start('t', stream('f', 100_000, { block: pages(40), readahead: false }));
    sh.wait(10 * MILLISECOND);
    sh.kill('t', 'STOP');
    sh.wait(SECOND);
    expect(state(sh)).toBe('T');
    expect(sh.resident('f').length % 40).toBe(0);
  });

  test('does not stop the clock of a sleep', () => {
    const sh = withTask();
    sh.start('t', sleep(SECOND));
    sh.wait(0.1 * SECOND);
    sh.kill('t', 'STOP');
    sh.wait(10 * SECOND);
    expect(behaviour(sh)).toBe('sleep');
    sh.kill('t', 'CONT');
    sh.wait(MILLISECOND);
    expect(behaviour(sh)).toBeNull();
  });

  test('and SIGCONT before it took hold are nothing', () => {
    const sh = withTask();
    sh.start('t', stream('f', 200, { block: pages(200), readahead: false }));
    sh.wait(MILLISECOND);
    sh.kill('t', 'STOP');
    sh.kill('t', 'CONT');
    sh.do({ op: 'wait-task', task: 't' });
    expect(sh.resident('f').length).toBe(200);
  });

  test('of an idle task is kept, and what it is told then waits for SIGCONT', () => {
    const sh = withTask();
    sh.kill('t', 'STOP');
    sh.wait(MILLISECOND);
    sh.start('t', alloc(5));
    sh.wait(SECOND);
    expect([state(sh), sh.usage('/')]).toEqual(['T', 0]);
    sh.kill('t', 'CONT');
    sh.wait(MILLISECOND);
    expect(sh.usage('/')).toBe(5);
  });
});

describe('SIGKILL', () => {
  test.each<[string, (sh: Console) => void]>([
    ['does nothing', () => undefined],
    ['sleeps', (sh) => sh.start('t', sleep(3600 * SECOND))],
    ['keeps to a rate', (sh) => sh.start('t', slowly(1000))],
    ['waits for the disk', (sh) => sh.start('t', stream('f', 1000, { readahead: false }))],
    ['computes', (sh) => sh.start('t', touch(50, { forTime: 3600 * SECOND }))],
    ['is held by SIGSTOP', (sh) => sh.kill('t', 'STOP')],
    [
      'is held by SIGSTOP in a sleep',
      (sh) => {
        sh.start('t', sleep(3600 * SECOND));
        sh.kill('t', 'STOP');
      },
    ],
  ])('ends a task that %s, and gives its memory back', (_what, doing) => {
    const sh = withTask();
    sh.group('/a');
    sh.do({ op: 'attach', task: 't', cgroup: '/a' });
    sh.run('t', alloc(50));
    doing(sh);
    sh.wait(10 * MILLISECOND);
    const before = sh.machine.now;
    expect(sh.kill('t')).toMatchObject({ ok: true });
    expect(sh.machine.now - before).toBeLessThan(MILLISECOND);
    expect([sh.number('/a/memory.stat', 'rss'), sh.read('/a/tasks'), state(sh)]).toEqual([0, '', 'X']);
    expect(sh.machine.tasks().filter((task) => task.kind === 'task' && !task.killed).length).toBe(1);
  });

  test('answers ESRCH to whoever runs its behaviour', () => {
    const sh = withTask();
    sh.group('/a', { limit: 10 });
    sh.do({ op: 'attach', task: 't', cgroup: '/a' });
    const why = 't was killed: /a was out of memory (limit 40K)';
    expect(sh.run('t', alloc(11))).toMatchObject({ errno: 'ESRCH', why });
  });

  test('frees the name for another task', () => {
    const sh = withTask();
    sh.kill('t');
    sh.spawn('t');
    expect(
      sh.machine
        .tasks()
        .filter((task) => task.name === 't')
        .map((task) => task.killed),
    ).toEqual([false, true]);
  });
});
