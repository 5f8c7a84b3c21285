import { describe, expect, test } from 'vitest';
import { Machine } from '../../src/machine/machine.ts';
import { printed, runLines } from './scripts.ts';

/** What stands in `faults` after these lines, all of which must succeed. */
async function after(...lines: string[]): Promise<string[]> {
  const result = await runLines([...lines, 'faults']);
  expect(result.error).toBeNull();
  expect(result.expectations.failed).toEqual([]);
  const table = printed(result).at(-1) ?? '';
  return table
    .split('\n')
    .slice(1)
    .map((row) => row.replace(/ +/g, ' '));
}

const BUSY = 'fault failcnt EBUSY';

describe('a fault', () => {
  test.each<[string, string[], string[]]>([
    ['answers the next access, and is gone', [BUSY, 'fails EBUSY cat failcnt', 'cat failcnt'], []],
    ['is met by a write as by a read', [BUSY, 'fails EBUSY write failcnt 0', 'write failcnt 0'], []],
    [
      'of writes alone lets reads pass',
      [`${BUSY} --on write`, 'cat failcnt', 'get -r failcnt default'],
      ['default/memory.failcnt EBUSY write 0 1'],
    ],
    [
      'waits until so many have succeeded',
      [`${BUSY} --after 2`, 'cat failcnt', 'write failcnt 0', 'fails EBUSY get -r failcnt default'],
      [],
    ],
    [
      'is answered so often',
      [`${BUSY} --times 3`, 'fails EBUSY cat failcnt', 'fails EBUSY set default failcnt=0'],
      ['default/memory.failcnt EBUSY both 0 1'],
    ],
    [
      'stays when it is for all, until it is cleared',
      [
        `${BUSY} --times all`,
        'fails EBUSY cat failcnt',
        'fails EBUSY cat failcnt',
        'fault --clear failcnt',
        'cat failcnt',
      ],
      [],
    ],
    [
      'is cleared of one file, or of all',
      [BUSY, 'fault limit_in_bytes EIO', 'fault --clear failcnt'],
      ['default/memory.limit_in_bytes EIO both 0 1'],
    ],
    ['is nothing to clear where there is none', ['fault --clear', 'fault --clear failcnt'], []],
    [
      'comes after one that was set before it',
      [BUSY, 'fault failcnt EIO', 'fails EBUSY cat failcnt', 'fails EIO cat failcnt', 'cat failcnt'],
      [],
    ],
    [
      'goes by the path: the group may be made later, and made again',
      ['fault web/failcnt EIO --times 2', 'mkdir web', 'fails EIO cat web/failcnt', 'rmdir web', 'mkdir web'],
      ['web/memory.failcnt EIO both 0 1'],
    ],
    [
      'is not met by who only looks on',
      [BUSY, 'expect failcnt == 0', "wait 'failcnt == 0' --within 1s", 'tree', 'ls'],
      ['default/memory.failcnt EBUSY both 0 1'],
    ],
    [
      'is none of a file that has no such name',
      ['fails ENOENT fault default/failcount EIO', 'fails ENOENT fault default/release_agent EIO'],
      [],
    ],
  ])('%s', async (_, lines, left) => {
    expect(await after(...lines)).toEqual(left);
  });

  test('of a write changes nothing, not even what a refused write does', async () => {
    const faulted = Machine.boot();
    const plain = Machine.boot();
    const data = new TextEncoder().encode('1');
    expect(
      faulted.perform({
        op: 'fault',
        path: '/memory.force_empty',
        errno: 'EINTR',
        on: null,
        after: 0,
        times: 1,
      }),
    ).toMatchObject({ ok: true });
    expect(faulted.perform({ op: 'write', path: '/memory.force_empty', data })).toMatchObject({
      ok: false,
      errno: 'EINTR',
    });
    expect(faulted.save()).toEqual(plain.save());
  });

  test('tells who meets it what it is, and what is left of it', async () => {
    const result = await runLines([`${BUSY} --times 2`, 'cat failcnt']);
    expect(result.error).toMatchObject({
      kind: 'refused',
      errno: 'EBUSY',
      message: 'cat default/memory.failcnt: EBUSY: Device or resource busy',
      why: "a fault that was set, 1 more to come: 'memcg faults' lists them",
    });
  });

  test('counts the same in a machine that was saved and loaded', () => {
    const machine = Machine.boot();
    machine.perform({
      op: 'fault',
      path: '/memory.failcnt',
      errno: 'EIO',
      on: 'read',
      after: 1,
      times: null,
    });
    machine.perform({ op: 'attempt', path: '/memory.failcnt', access: 'read' });
    const again = Machine.load(structuredClone(machine.save()));
    const met = { ok: false, errno: 'EIO' };
    expect(again.perform({ op: 'attempt', path: '/memory.failcnt', access: 'read' })).toMatchObject(met);
    expect(again.faults()).toEqual(machine.faults());
  });

  test('is one of a bounded number', () => {
    const machine = Machine.boot();
    const fault = { op: 'fault', path: '/tasks', errno: 'EIO', on: null, after: 0, times: 1 } as const;
    const answers = Array.from({ length: 1001 }, () => machine.perform(fault));
    expect(answers[999]).toMatchObject({ ok: true });
    expect(answers[1000]).toMatchObject({ ok: false, errno: 'ENOSPC' });
  });
});
