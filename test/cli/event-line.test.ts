import { expect, test } from 'vitest';
import { eventLine } from '../../src/cli/commands/events.ts';
import { seconds } from '../../src/kernel/numbers.ts';
import type { TraceEvent } from '../../src/kernel/trace.ts';
import { ns, pages } from '../../src/kernel/units.ts';

const at = { time: ns(1_250_000_000), cgroup: '/web' } as const;
const EVENTS: readonly [TraceEvent, string][] = [
  [{ ...at, type: 'start', pid: 4194306 }, 'start          web: memcontd is pid 4194306'],
  [{ ...at, type: 'wake', pid: 1, usage: pages(16384) }, 'wake           web: usage 64M is above start'],
  [
    {
      ...at,
      type: 'pass',
      by: 7,
      background: true,
      node: 0,
      priority: 10,
      scanned: pages(64),
      reclaimed: pages(32),
    },
    'pass           web: 32 of 64 pages reclaimed in the background, priority 10',
  ],
  [
    { ...at, type: 'stall', pid: 7, duration: ns(1_500_000), charged: false },
    'stall          web: pid 7 waited 1.5 ms in vain',
  ],
  [
    { ...at, type: 'oom-kill', cgroup: null, pid: 7, task: 'hog' },
    'oom-kill       the machine: out of memory: killed hog (pid 7)',
  ],
];

test.each(EVENTS)('the event $type is one line', (event, line) => {
  expect(eventLine(event)).toBe(`      1.250000  ${line}`);
});

test.each([
  [0, '0s'],
  [1, '0.000000001s'],
  [1_250_000_000, '1.25s'],
  [60_000_000_000, '60s'],
])('%i ns is %s', (time, text) => {
  expect(`${seconds(time)}s`).toBe(text);
});
