import { expect, test } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { stream } from '../support/behaviours.ts';
import { Console } from '../support/boot.ts';

const MIB = 256;
/** As fast as it goes. */
const TOUCHES = {
  kind: 'touch',
  pages: null,
  pattern: { kind: 'seq' },
  times: null,
  write: false,
  rate: null,
} as const;

function machine(psi: boolean): Console {
  const sh = new Console(Machine.boot({ kernel: '6.1', psi, cpus: 1, memory: pages(256 * MIB) }));
  sh.mkdir('/g');
  sh.write('/g/memory.max', '8M');
  sh.spawn('t', '/g');
  return sh;
}

const text = (sh: Console): string => {
  const answer = sh.machine.read('/g/memory.pressure');
  return answer.ok ? answer.value : answer.errno;
};

const figure = (sh: Console, kind: 'some' | 'full', name: string): number =>
  Number(new RegExp(`^${kind} .*${name}=([0-9.]+)`, 'm').exec(text(sh))?.[1]);

const IDLE = 'avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';

test('memory.pressure has the lines of the kernel, zeros while nobody is held up', () => {
  expect(text(machine(true))).toBe(`some ${IDLE}full ${IDLE}`);
});

test('a kernel without PSI has no such file', () => {
  expect(text(machine(false))).toBe('ENOENT');
});

test('time in reclaim is pressure, all of it for who is alone, and what is stalled in all', () => {
  const sh = machine(true);
  sh.run('t', stream('s', 64 * MIB, { block: pages(8) }));
  const stalled = sh.machine.reclaimStat('/g').stall_total_ns / 1000;
  expect(figure(sh, 'some', 'total')).toBeGreaterThan(stalled * 0.8);
  expect(figure(sh, 'some', 'total')).toBeLessThan(stalled * 1.2);
  expect(figure(sh, 'full', 'total')).toBe(figure(sh, 'some', 'total'));
});

test('who reclaims has the only CPU: others that would run there are held up, too', () => {
  const sh = machine(true);
  sh.spawn('u', '/g');
  sh.run('u', { kind: 'alloc', pages: pages(16) });
  sh.start('u', { ...TOUCHES, forTime: ns(60e9) });
  sh.run('t', stream('s', 32 * MIB, { block: pages(8) }));
  expect(figure(sh, 'some', 'total')).toBeGreaterThan(0);
  expect(figure(sh, 'full', 'total')).toBe(figure(sh, 'some', 'total'));
});

test('averages follow the throttle of memory.high, and fall when it is over', () => {
  const sh = machine(true);
  sh.write('/g/memory.high', '1M');
  sh.run('t', { kind: 'alloc', pages: pages(4 * MIB) });
  const held = figure(sh, 'some', 'avg10');
  expect(held).toBeGreaterThan(50);
  expect(figure(sh, 'some', 'avg300')).toBeLessThan(held);
  sh.wait(30e9);
  expect(figure(sh, 'some', 'avg10')).toBeLessThan(held / 10);
});
