import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bootMachine, loadMachine, Machine, ScriptError, type TraceEvent } from '../../src/library/index.ts';

function fileOf(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'memcg-library-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('booting', () => {
  test('gives the machine of memcg’s boot script, a bare one, or that of a script of one’s own', () => {
    expect(bootMachine().runSync('cat limit_in_bytes')).toBe(`${128 * 1024 ** 2}\n`);
    expect(bootMachine({ boot: null }).machine.cgroups()).toEqual(['/']);
    expect(bootMachine({ kernel: '6.1' }).runSync('cat memory.max')).toBe(`${128 * 1024 ** 2}\n`);
    const boot = fileOf('boot.memcg', 'machine cpus=4 memory=256M\nmkdir mine\n');
    const own = bootMachine({ boot, group: '/mine', cpus: 8 });
    expect(own.machine.options).toMatchObject({ cpus: 8, memory: 65_536 });
    expect(own.runSync('cat failcnt')).toBe('0\n');
  });

  test('takes the options of `machine`', () => {
    const { options } = bootMachine({
      boot: null,
      memory: '512M',
      swap: 64 * 1024 ** 2,
      extras: false,
      errata: ['recorded'],
      costs: { copy: '1us' },
      seed: 7,
    }).machine;
    expect(options).toMatchObject({
      memory: 131_072,
      swap: 16_384,
      extras: false,
      seed: 7,
      costs: { copy: 1000 },
    });
    expect(options.errata.length).toBeGreaterThan(0);
  });

  test('without the series there are no marks, and /default has its limit all the same', () => {
    const { fs } = bootMachine({ wmarks: false });
    expect(fs.readdirSync('/default').filter((name) => name.includes('wmark'))).toEqual([]);
    expect(fs.readFileSync('/default/memory.limit_in_bytes', 'utf8')).toBe(`${128 * 1024 ** 2}\n`);
  });

  test.each([
    [{ cpus: 0 }, 'cpus=0: 1 to 64'],
    [{ memory: 'much' }, "'much' is not a size"],
    [{ costs: { copying: '1us' } as object }, 'cost.copying'],
    [{ errata: ['none-such' as 'posted'] }, "'none-such' is no erratum"],
  ])('refuses %o', (options, message) => {
    expect(() => bootMachine(options)).toThrow(RangeError);
    expect(() => bootMachine(options)).toThrow(message);
  });

  test('says which line of the boot script fails', () => {
    const boot = fileOf('boot.memcg', 'mkdir a\nmkdir a\n');
    expect(() => bootMachine({ boot })).toThrow(`${boot}:2: mkdir a: EEXIST`);
  });

  test('has the machine alone beside it', () => {
    expect(bootMachine().machine).toBeInstanceOf(Machine);
  });
});

describe('lines', () => {
  test('are obeyed in turn, and what they print is the answer', async () => {
    const machine = bootMachine();
    const output = await machine
      .run(`
      mkdir web            # a comment
      write web/limit_in_bytes 64M
      cat web/failcnt
      print done
    `)
      .catch((error) => error);
    expect(output).toBeInstanceOf(ScriptError);
    expect(output).toMatchObject({
      kind: 'refused',
      code: 'EINVAL',
      line: '      write web/limit_in_bytes 64M',
    });
    expect(output.message).toMatch(/EINVAL: Invalid argument: 64M is below high_wmark_in_bytes/);
    expect(machine.runSync('cat web/failcnt\nprint done')).toBe('0\ndone\n');
  });

  test('as a template quote their values; an array is several words', () => {
    const machine = bootMachine();
    const name = 'a group';
    machine.runSync`mkdir ${name}`;
    machine.runSync`write ${`${name}/low_wmark_in_bytes`} ${4096}`;
    expect(machine.runSync`cat ${[`${name}/failcnt`, `${name}/low_wmark_in_bytes`]}`).toBe('0\n4096\n');
  });

  test('an expectation that is not met is told when all lines are done', async () => {
    const machine = bootMachine();
    const run = machine.run('expect failcnt == 1\nexpect failcnt == 0\nmkdir after');
    await expect(run).rejects.toMatchObject({
      kind: 'expectation',
      message: 'expect failcnt == 1: failcnt == 1: 0',
    });
    expect(machine.machine.cgroups()).toContain('/after');
  });

  test.each([
    ['frobnicate', "unknown command 'frobnicate'"],
    ['cat', 'cat FILE...'],
    ['write failcnt -', 'standard input'],
    ['machine cpus=2', 'the machine is up by now'],
  ])('%s is a mistake', (line, message) => {
    expect(() => bootMachine().runSync(line)).toThrow(message);
    expect(() => bootMachine().runSync(line)).toThrow(ScriptError);
  });

  test('include other scripts, relative to themselves', () => {
    const inner = fileOf('inner.memcg', 'print inner\n');
    const outer = fileOf('outer.memcg', `print outer\ninclude ${inner}\n`);
    expect(bootMachine().runSync`include ${outer}`).toBe('outer\ninner\n');
    const self = fileOf('self.memcg', 'include self.memcg\n');
    expect(() => bootMachine().runSync`include ${self}`).toThrow('includes itself');
  });

  test('replay a recorded trace, which is read from the host and so has to be awaited', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `${i},r,4096,${(i % 1000) * 4096}`);
    const path = fileOf('t.csv', `time,op,size,offset\n${rows.join('\n')}\n`);
    const line = `run reader trace ${path} --format csv:time=time,op=op,size=size,offset=offset --asap`;
    const machine = bootMachine();
    await machine.run(`spawn reader\n${line}`);
    expect(machine.runSync('cat memory.stat')).toMatch(`cache ${1000 * 4096}\n`);
    expect(() => bootMachine().runSync(`spawn reader\n${line}`)).toThrow(TypeError);
    await expect(machine.run('run reader trace none.csv')).rejects.toMatchObject({ kind: 'world' });
  });
});

describe('time', () => {
  test('stands still, and passes when it is let', async () => {
    const machine = bootMachine();
    const { now } = machine;
    machine.fs.mkdirSync('/web');
    expect(machine.now).toBe(now);
    await machine.pass('1.5s');
    machine.passSync('20ms');
    expect(machine.now - now).toBe(1_520_000_000);
    expect(() => machine.passSync('soon')).toThrow("'soon' is not a time");
  });

  test('a wait for what never comes ends', async () => {
    const machine = bootMachine({ boot: null });
    const never = machine.run('spawn t /\nstart t sleep 1s\nkill -STOP t\nwait t');
    await expect(never).rejects.toThrow('this never ends');
    expect(machine.runSync('cat /tasks').length).toBeGreaterThan(0);
  });
});

test('trace events are told to all who asked, until they have enough', async () => {
  const machine = bootMachine();
  const [all, some]: [TraceEvent[], TraceEvent[]] = [[], []];
  const endAll = machine.subscribe((event) => all.push(event));
  const endSome = machine.subscribe((event) => some.push(event));
  await machine.run('spawn reader\nrun reader stream data 64M');
  endSome();
  await machine.run('run reader stream other 64M');
  expect(all.map(({ type }) => type)).toContain('sleep');
  expect(all.length).toBeGreaterThan(some.length);
  expect(some.find(({ type }) => type === 'wake')).toMatchObject({ cgroup: '/default' });
  endAll();
  expect(machine.machine.observer).toBeNull();
});

describe('a saved machine', () => {
  test('goes on from there: in another, in a fork, and in the same with the files that software holds', async () => {
    const machine = bootMachine({ at: '/cg' });
    await machine.run('spawn reader\nrun reader stream data 100M');
    const saved = structuredClone(machine.save());
    const fork = machine.fork();
    const { fs } = machine;
    const usage = (): string => fs.readFileSync('/cg/default/memory.usage_in_bytes', 'utf8');
    const then = usage();
    await machine.run('run reader stream other 8M');
    expect(usage()).not.toBe(then);
    expect(fork.fs.readFileSync('/cg/default/memory.usage_in_bytes', 'utf8')).toBe(then);
    expect(loadMachine(saved).fs.readFileSync('/default/memory.usage_in_bytes', 'utf8')).toBe(then);
    machine.load(saved);
    expect(usage()).toBe(then);
  });

  test('is the same to the byte after the same calls', async () => {
    const lived = async (): Promise<string> => {
      const machine = bootMachine();
      machine.fs.mkdirSync('/web');
      await machine.run('spawn reader web\nrun reader stream data 32M');
      machine.runSync('set web low_wmark_in_bytes=7M high_wmark_in_bytes=9M');
      await machine.pass('1s');
      return machine.runSync('cat web/memory.stat web/reclaim_stat');
    };
    expect(await lived()).toBe(await lived());
  });
});
