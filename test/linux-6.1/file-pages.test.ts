import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { batchOf, stream, trace } from '../support/behaviours.ts';
import { Console } from '../support/boot.ts';

/** A machine as the kernel was recorded on, with a group of this limit and a task in it. */
function reader(max: string, high = 'max'): Console {
  const sh = new Console(Machine.boot({ kernel: '6.1', cpus: 1, memory: pages(2 ** 19) }));
  // Whoever was here before has left bytes of kernel memory in the CPU's stock.
  sh.mkdir('/before');
  sh.spawn('b', '/before');
  sh.run('b', stream('b', 600));
  sh.kill('b');
  sh.rmdir('/before');
  sh.do({ op: 'truncate', file: 'b', pages: pages(0) });
  sh.mkdir('/g');
  expect(sh.write('/g/memory.max', max).ok && sh.write('/g/memory.high', high).ok).toBe(true);
  sh.spawn('t', '/g');
  return sh;
}

const read = (sh: Console, file: string): string => {
  const text = sh.machine.read(`/g/${file}`);
  return text.ok ? text.value : text.errno;
};

const line = (sh: Console, file: string, name: string): number => {
  const found = read(sh, file)
    .split('\n')
    .find((each) => each.startsWith(`${name} `));
  return Number(found?.slice(name.length + 1));
};

describe('a stream of 512 MiB', () => {
  // The recorded kernel's figures of memory.events and memory.stat.
  test.each([
    { max: '64M', high: 'max', event: 'max', events: 2054, pgscan: 115_024, peak: 67_108_864 },
    { max: '64M', high: '56M', event: 'high', events: 1130, pgscan: 117_066, peak: 58_982_400 },
  ])(
    'below max=$max high=$high meets its limit as often as on a real 6.1',
    ({ max, high, event, events, pgscan, peak }) => {
      const sh = reader(max, high);
      sh.run('t', stream('s', 131_072, { block: pages(8) }));
      expect(line(sh, 'memory.events', event)).toBe(events);
      expect(line(sh, 'memory.stat', 'pgscan')).toBe(pgscan);
      expect(line(sh, 'memory.stat', 'pgsteal')).toBe(pgscan);
      expect(line(sh, 'memory.stat', 'kernel')).toBe(1_232_896);
      expect(Number(read(sh, 'memory.peak'))).toBe(peak);
    },
  );
});

test('pages are charged in stocks of 64, and the first node of the index costs a page more', () => {
  const sh = new Console(Machine.boot({ kernel: '6.1', cpus: 1 }));
  sh.mkdir('/g');
  sh.spawn('t', '/g');
  sh.run('t', stream('f', 2, { block: pages(1), readahead: false }));
  expect(Number(read(sh, 'memory.current')) / 4096).toBe(64);
  expect(line(sh, 'memory.stat', 'kernel')).toBe(4096);
});

test('a page that comes back sooner than the active list is long is activated at once', () => {
  const sh = reader('4M');
  sh.run('t', stream('hot', 600, { block: pages(1), readahead: false }));
  sh.run('t', stream('hot', 600, { block: pages(1), readahead: false }));
  sh.run('t', stream('cold', 700, { block: pages(1), readahead: false }));
  expect(line(sh, 'memory.stat', 'active_file')).toBeGreaterThan(0);
  sh.run('t', stream('cold', 700, { block: pages(1), readahead: false }));
  expect(line(sh, 'memory.stat', 'workingset_refault_file')).toBeGreaterThan(0);
  expect(line(sh, 'memory.stat', 'workingset_activate_file')).toBeGreaterThan(0);
});

test.each(['memory.max', 'memory.high'])('%s written below the page cache empties the group', (file) => {
  const sh = reader('max');
  sh.run('t', stream('f', 8192));
  expect(sh.write(`/g/${file}`, '8M').ok).toBe(true);
  expect(line(sh, 'memory.stat', 'file')).toBe(0);
});

test.each([
  ['the file', 'f', { refaults: 0, kernel: 0 }],
  ['all files', null, { refaults: 0, kernel: 0 }],
] as const)('of %s that is dropped nothing stays, of what had been evicted neither', (_name, file, want) => {
  const sh = reader('12M');
  sh.run('t', stream('f', 4096, { block: pages(8) }));
  sh.do({ op: 'drop', file });
  expect(line(sh, 'memory.stat', 'slab')).toBe(want.kernel);
  sh.run('t', stream('f', 2560, { block: pages(8) }));
  expect(line(sh, 'memory.stat', 'workingset_refault_file')).toBe(want.refaults);
  // As on a real 6.1: what is read again fits.
  expect(line(sh, 'memory.stat', 'pgsteal')).toBe(1050);
});

test('memory.reclaim takes more than it was asked for: what is wanted counts at each priority anew', () => {
  const sh = reader('max');
  sh.run('t', stream('f', 8192));
  expect(sh.write('/g/memory.reclaim', '8M').ok).toBe(true);
  expect(line(sh, 'memory.stat', 'pgsteal')).toBeGreaterThan(3000);
});

test('a machine that is saved goes on as it would have', () => {
  const sh = reader('4M', '3M');
  sh.run('t', stream('f', 2000));
  const copy = new Console(Machine.load(sh.machine.save()));
  for (const each of [sh, copy]) each.run('t', stream('f', 3000));
  expect(read(copy, 'memory.stat')).toBe(read(sh, 'memory.stat'));
  expect(read(copy, 'memory.events')).toBe(read(sh, 'memory.events'));
  expect(copy.machine.now).toBe(sh.machine.now);
});

test('who is removed keeps its pages charged above until they are reclaimed', () => {
  const sh = reader('max');
  sh.mkdir('/g/below');
  sh.spawn('u', '/g/below');
  sh.run('u', stream('f', 512));
  sh.kill('u');
  expect(sh.rmdir('/g/below').ok).toBe(true);
  expect(line(sh, 'memory.stat', 'file') / 4096).toBe(512);
  expect(sh.write('/g/memory.reclaim', '2M').ok).toBe(true);
  expect(line(sh, 'memory.stat', 'file')).toBe(0);
});

test('a trace that touches pages again activates them by the same rules, also those in a batch', () => {
  const sh = reader('4M');
  const page = Float64Array.from({ length: 6000 }, (_, i) => (i * i) % 1500);
  const count = new Int32Array(page.length).fill(1);
  const zeros = new Int32Array(page.length);
  const batch = {
    time: new Float64Array(page.length),
    file: zeros,
    page,
    count,
    op: new Uint8Array(page.length),
  };
  sh.machine.perform({
    op: 'run',
    task: 't',
    behaviour: { kind: 'trace', source: 's', file: 'f', asap: true },
  });
  expect(sh.machine.run(null).why).toBe('needs');
  sh.machine.feed('s', batch, true);
  expect(sh.machine.run(null).why).toBe('done');
  expect(line(sh, 'memory.stat', 'pgactivate')).toBeGreaterThan(0);
  const lists = line(sh, 'memory.stat', 'inactive_file') + line(sh, 'memory.stat', 'active_file');
  expect(line(sh, 'memory.stat', 'file') - lists).toBeLessThan(15 * 4096);
});

test('above memory.high a trace as fast as it goes has 64 pages too many at most', () => {
  const sh = reader('64M', '56M');
  sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
  sh.machine.run(null);
  sh.machine.feed(
    'recorded',
    batchOf(Array.from({ length: 19_200 }, (_, page) => ({ time: 0, page }))),
    true,
  );
  expect(sh.machine.run(null)).toMatchObject({ why: 'done', result: { ok: true } });
  const peak = Number(read(sh, 'memory.peak')) / 4096;
  expect(peak).toBeGreaterThan(14_336);
  expect(peak).toBeLessThanOrEqual(14_400);
  expect(line(sh, 'memory.events', 'max')).toBe(0);
});
