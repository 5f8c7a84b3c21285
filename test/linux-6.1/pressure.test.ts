import { expect, test } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
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

function machine(psi: boolean, cpus = 1): Console {
  const sh = new Console(Machine.boot({ kernel: '6.1', psi, cpus, memory: pages(256 * MIB) }));
  sh.mkdir('/g');
  sh.write('/g/memory.max', '8M');
  sh.spawn('t', '/g');
  return sh;
}

const text = (sh: Console, file = '/g/memory.pressure'): string => {
  const answer = sh.machine.read(file);
  return answer.ok ? answer.value : answer.errno;
};

const figure = (sh: Console, kind: 'some' | 'full', name: string, file?: string): number =>
  Number(new RegExp(`^${kind} .*${name}=([0-9.]+)`, 'm').exec(text(sh, file))?.[1]);

const IDLE = 'avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';

const FILES = ['cpu.pressure', 'io.pressure', 'memory.pressure'];

test.each(FILES)('%s has the lines of the kernel, zeros while nobody is held up', (file) => {
  expect(text(machine(true), `/g/${file}`)).toBe(`some ${IDLE}full ${IDLE}`);
});

test.each([...FILES, 'cgroup.pressure'])('a kernel without PSI has no %s', (file) => {
  expect(text(machine(false), `/g/${file}`)).toBe('ENOENT');
});

test('cgroup.pressure hides the files of a cgroup that is not to be counted, and nothing is counted until it is again', () => {
  const sh = machine(true);
  sh.write('/g/cgroup.pressure', '0');
  expect(text(sh, '/g/cgroup.pressure')).toBe('0\n');
  expect(FILES.map((file) => text(sh, `/g/${file}`))).toEqual(['ENOENT', 'ENOENT', 'ENOENT']);
  sh.run('t', stream('s', 16 * MIB));
  sh.write('/g/cgroup.pressure', '1');
  expect(text(sh, '/g/io.pressure')).toBe(`some ${IDLE}full ${IDLE}`);
  expect(figure(sh, 'some', 'total', '/io.pressure')).toBeGreaterThan(0);
  expect(
    sh.machine.perform({ op: 'write', path: '/g/cgroup.pressure', data: encodeText('2') }),
  ).toMatchObject({
    errno: 'ERANGE',
  });
});

test('who waits for the disk alone is all that could run: io.pressure has all of the time that is not CPU', () => {
  const sh = machine(true);
  const began = sh.machine.now;
  sh.run('t', stream('s', 4 * MIB, { readahead: false, block: pages(1) }));
  const elapsed = (sh.machine.now - began) / 1000;
  const cpu = (sh.machine.tasks().find(({ name }) => name === 't')?.cpu_ns ?? 0) / 1000;
  const waited = figure(sh, 'some', 'total', '/g/io.pressure');
  expect(waited).toBeGreaterThan(0.9 * (elapsed - cpu));
  expect(waited).toBeLessThanOrEqual(elapsed - cpu);
  expect(text(sh, '/g/io.pressure')).toBe(text(sh, '/io.pressure'));
  expect(figure(sh, 'full', 'total', '/g/io.pressure')).toBe(waited);
});

test('while another one of the cgroup runs, who waits for the disk is some and not all', () => {
  const sh = machine(true);
  sh.spawn('u', '/g');
  sh.run('u', { kind: 'alloc', pages: pages(16) });
  sh.start('u', { ...TOUCHES, forTime: ns(60e9) });
  sh.run('t', stream('s', MIB, { readahead: false, block: pages(1) }));
  expect(figure(sh, 'some', 'total', '/g/io.pressure')).toBeGreaterThan(0);
  expect(figure(sh, 'full', 'total', '/g/io.pressure')).toBe(0);
});

test.each([1, 2])(
  'three tasks on %i CPUs, one in a cgroup of its own: cpu.pressure is what they lack of the CPUs',
  (cpus) => {
    const sh = machine(true, cpus);
    for (const name of ['u', 'v']) sh.spawn(name, '/g');
    sh.mkdir('/h');
    sh.spawn('w', '/h');
    for (const name of ['u', 'v', 'w']) {
      sh.run(name, { kind: 'alloc', pages: pages(16) });
      sh.start(name, { ...TOUCHES, forTime: ns(120e9) });
    }
    const total = (kind: 'some' | 'full', file: string): number => figure(sh, kind, 'total', file);
    const before = [total('some', '/cpu.pressure'), total('full', '/h/cpu.pressure')];
    sh.wait(0.2e9);
    // psi.c: min(delayed / threads, 1), of threads that are as many as CPUs.
    const lacking = (total('some', '/cpu.pressure') - before[0]) / 2e5;
    expect(lacking).toBeCloseTo(Math.min(1, (3 - cpus) / cpus), 1);
    expect(total('full', '/cpu.pressure')).toBe(0);
    // A third of the time, or two, it is on no CPU while it wants one.
    expect((total('full', '/h/cpu.pressure') - before[1]) / 2e5).toBeCloseTo(1 - cpus / 3, 1);
    expect(total('some', '/h/cpu.pressure')).toBe(total('full', '/h/cpu.pressure'));
  },
);

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
