import { describe, expect, it } from 'vitest';
import { printed, runLines } from './scripts.ts';

const MARKS = 'set --weak default low_wmark_in_bytes=1M high_wmark_in_bytes=2M limit_in_bytes=4M';

describe('at --late', () => {
  it('goes on at once when that time is over', async () => {
    const result = await runLines(['at 2s', 'at 1s --late', 'wait 1ms']);
    expect(result.error).toBeNull();
    expect(result.virtualNs).toBe(2_001_000_000);
  });

  it('waits like any other when it is not', async () => {
    const result = await runLines(['at 3s --late']);
    expect(result.virtualNs).toBe(3_000_000_000);
  });
});

describe('set --weak', () => {
  it('sets the marks when nobody else does', async () => {
    expect(printed(await runLines([MARKS, 'cat limit_in_bytes']))).toEqual(['4194304']);
  });

  it('leaves them as the command line has set them', async () => {
    const names = ['low_wmark_in_bytes', 'high_wmark_in_bytes', 'limit_in_bytes'];
    const values = names.map((name) => ({ name, value: '8M', column: 0 }));
    const before = () =>
      [
        { name: 'mkdir', cgroups: ['/default'], parents: false },
        { name: 'set', cgroup: '/default', values },
      ] as const;
    expect(printed(await runLines([MARKS, 'cat limit_in_bytes'], { before }))).toEqual(['8388608']);
  });
});

it('a rate is in bytes a second', async () => {
  const result = await runLines(['spawn a', 'run a stream f 64M --rate 32M/s']);
  expect(result.virtualNs / 1e9).toBeCloseTo(2, 1);
});
