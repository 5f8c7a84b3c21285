import { describe, expect, it } from 'vitest';
import { groupEvents } from '../../../src/dashboard/draw/event-groups.ts';
import { ns, pages } from '../../../src/kernel/units.ts';
import type { TraceEvent } from '../../../src/machine/machine.ts';

const pass = (time: number, background: boolean, cgroup = '/web'): TraceEvent => ({
  ...{ type: 'pass', time: ns(time), cgroup, by: 7, background, node: 0, priority: 12 },
  ...{ scanned: pages(40), reclaimed: pages(32) },
});
const sleep = (time: number, cgroup = '/web'): TraceEvent => ({
  ...{ type: 'sleep', time: ns(time), cgroup, pid: 7, usage: pages(1) },
});
const shape = (events: readonly TraceEvent[]): string[] =>
  groupEvents(events).map((group) =>
    group.kind === 'one'
      ? group.event.type
      : `${group.together.background ? 'bg' : 'direct'} ${group.together.passes}`,
  );

describe('events told together', () => {
  it('are the passes between two events of their reclaimer, in the background and by tasks apart', () => {
    expect(shape([pass(1, true), pass(2, false), pass(3, true), sleep(4), pass(5, true)])).toEqual([
      ...['bg 2', 'direct 1', 'sleep', 'bg 1'],
    ]);
  });

  it('are those of one cgroup', () => {
    expect(shape([pass(1, true), pass(2, true, '/db'), sleep(3, '/db'), pass(4, true)])).toEqual([
      ...['bg 2', 'bg 1', 'sleep'],
    ]);
  });

  it('are those of one second', () => {
    expect(shape([pass(0, true), pass(1e9, true), pass(1e9 + 1, true)])).toEqual(['bg 2', 'bg 1']);
  });

  it('are added up', () => {
    const stall = { type: 'stall', cgroup: '/web', pid: 9, duration: ns(500) } as const;
    const failure = { type: 'limit-failure', cgroup: '/web', pid: 9, usage: pages(9) } as const;
    const [group] = groupEvents([
      { ...failure, time: ns(1) },
      pass(2, false),
      { ...stall, time: ns(3), charged: true },
      { ...failure, time: ns(4) },
      { ...stall, time: ns(5), charged: false },
    ]);
    expect(group).toEqual({
      kind: 'many',
      together: {
        ...{ cgroup: '/web', background: false, from: 1, to: 5, passes: 1, scanned: 40, freed: 32 },
        ...{ failures: 2, stalls: 2, inVain: 1, waited: 1000 },
      },
    });
  });
});
