import { expect, test } from 'vitest';
import { linesOfText } from '../../src/script/script-files.ts';
import type { Parsed } from '../../src/script/vocabulary.ts';
import { type Carrying, carriedLines } from '../../src/verify/carry.ts';

const OLD: Carrying = { kernel: '2.6.26', standin: null, limited: false, isRecording: false };

/** What a script's lines say to a real kernel: commands, or the mistake. */
function carried(text: string, carrying: Carrying): unknown[] {
  const lines = carriedLines(linesOfText(text), carrying);
  const all: Parsed[] = [];
  for (let some = lines.next(); some !== null; some = lines.next()) {
    if (some instanceof Promise || 'kind' in some) throw new Error('it is there already');
    all.push(...(some.parsed ?? []));
  }
  return all.map((each) =>
    each.kind === 'command' ? each.command : each.kind === 'mistake' ? each.mistake.message : null,
  );
}

test('a limit of version 1 is one of version 2', () => {
  expect(carried('write web/limit_in_bytes 64M', OLD)).toEqual([
    { name: 'write', file: { cgroup: '/web', name: 'memory.max', key: null }, text: '64M' },
  ]);
  expect(carried('set web limit_in_bytes=-1', OLD)).toMatchObject([
    { file: { name: 'memory.max' }, text: 'max' },
  ]);
});

test('a cgroup below another has a memory controller', () => {
  expect(carried('mkdir -p a/b', OLD)).toMatchObject([
    { name: 'mkdir', cgroups: ['/a'] },
    { name: 'write', file: { cgroup: '/a', name: 'cgroup.subtree_control' }, text: '+memory' },
    { name: 'mkdir', cgroups: ['/a/b'] },
  ]);
});

test('marks are refused by name, unless something stands for them', () => {
  const line = 'set web low_wmark_in_bytes=48M high_wmark_in_bytes=56M limit_in_bytes=64M';
  expect(carried(line, OLD)).toEqual([
    expect.stringMatching(/^low_wmark_in_bytes: no kernel of today has this mark: --policy memory.high/),
  ]);
  expect(carried(line, { ...OLD, standin: 'memory.high' })).toMatchObject([
    { file: { name: 'memory.high' }, text: '56M' },
    { file: { name: 'memory.max' }, text: '64M' },
  ]);
});

test('a reclaim loop goes by the marks', () => {
  const line = 'set web low_wmark_in_bytes=48M high_wmark_in_bytes=56M';
  expect(carried(line, { ...OLD, standin: 'reclaim-loop' })).toMatchObject([
    { file: { cgroup: '/web', name: 'memory.reclaim_loop.target' }, text: '48M' },
    { file: { cgroup: '/web', name: 'memory.reclaim_loop.start' }, text: '56M' },
  ]);
});

test('a recording brings its memory, and no marks', () => {
  const text =
    'machine cpus=2 memory=24105M\nset --weak default low_wmark_in_bytes=24105M high_wmark_in_bytes=24105M limit_in_bytes=24105M';
  expect(carried(text, OLD)).toMatchObject([
    { name: 'machine', options: { kernel: '6.1' } },
    { file: { name: 'memory.max' }, text: '24105M' },
  ]);
  expect(carried(text, { ...OLD, limited: true })).toHaveLength(1);
});

test.each([
  ['adopt 1234 web', /adopt is of a process that has lived elsewhere/],
  ['machine nodes=2', /nodes=2: the guest has no NUMA/],
  ['spawn t --node 1', /--node 1: the guest has no NUMA/],
  ['fault failcnt EIO', /fault: a real kernel answers what it answers/],
  ['write soft_limit_in_bytes 8M', /soft_limit_in_bytes: 6.1 has nothing that stands for it/],
])('%s is refused in a sentence', (line, message) => {
  expect(carried(line, OLD)).toEqual([expect.stringMatching(message)]);
});

test('what only looks is left out, and of a script for 6.1 all else is as it is', () => {
  expect(carried('expect failcnt == 0\nprint hello\ntree', OLD)).toEqual([]);
  expect(carried('write memory.low 8M', { ...OLD, kernel: '6.1' })).toMatchObject([
    { file: { name: 'memory.low' } },
  ]);
});
