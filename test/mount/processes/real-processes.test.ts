import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Resident } from '../../../src/machine/machine.ts';
import {
  PROC,
  type ProcessLook,
  type ProcFiles,
  readRollup,
  readStat,
  readStatus,
} from '../../../src/mount/processes/proc-files.ts';
import { RealProcesses } from '../../../src/mount/processes/real-processes.ts';
import type { Session } from '../../../src/session/session.ts';
import { exported, Folder, openIn, run, runAll } from '../../session/sessions.ts';
import { has } from '../../support/has.ts';
import { ownCopy } from '../../support/own-copy.ts';

describe('/proc', () => {
  test.each<[string, ProcessLook | null]>([
    ['12 (sh) S 7 12 12 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0 0 100 200 300 0', sh('100 300')],
    [
      '12 (a) b) R) R 7 12 12 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0 0 1 1 0 0',
      { ...sh(''), name: 'a) b) R' },
    ],
    ['12 (sh) Z 7 12 12 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0 0 0 0 0 0', null],
    ['', null],
  ])('stat: %s', (text, look) => {
    expect(readStat(text)).toEqual(look);
  });

  test('smaps_rollup: shares, rounded up to pages', () => {
    const text =
      'Rss: 9 kB\nPss:                 267 kB\nPss_Anon:            112 kB\nPss_File:            155 kB\nPss_Shmem:             1 kB\n';
    expect(readRollup(text)).toEqual({ anon: 28, file: 39, shmem: 1 });
    expect(readRollup('Rss: 9 kB\n')).toBeNull();
  });

  test('status, where smaps_rollup is not to be read', () => {
    expect(readStatus('RssAnon:\t      92 kB\nRssFile:\t    1684 kB\nRssShmem:\t       0 kB\n')).toEqual({
      anon: 23,
      file: 421,
      shmem: 0,
    });
  });

  test('tells of this process, and of none that is gone', async () => {
    expect(PROC.look(process.pid)).toMatchObject({ parent: process.ppid });
    expect(PROC.owner(process.pid)).toBe(process.getuid?.());
    expect(PROC.pids()).toContain(process.pid);
    const births = PROC.births();
    spawnSync('true');
    expect(PROC.births()).not.toBe(births);
    expect((await PROC.resident(process.pid))?.anon).toBeGreaterThan(1000);
    const { pid } = spawnSync('true');
    expect([PROC.look(pid), PROC.sizes(pid), PROC.owner(pid), await PROC.resident(pid)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

function sh(layout: string): ProcessLook {
  return { start: 4711, parent: 7, name: 'sh', layout };
}

/** A /proc of our own. */
class World implements ProcFiles {
  readonly all = new Map<number, ProcessLook & { resident: Resident; owner: number }>();
  readonly threadsOf = new Map<number, number[]>();
  looks = 0;
  #born = 0;

  start(pid: number, rest: Partial<ProcessLook & Resident & { owner: number }> = {}): void {
    this.#born += 1;
    const { anon = 0, file = 0, shmem = 0, start = pid * 10, parent = 1, owner = 0 } = rest;
    const { name = `p${pid}`, layout = `layout ${pid}` } = rest;
    this.all.set(pid, { start, parent, name, layout, owner, resident: { anon, file, shmem } });
  }

  hold(pid: number, resident: Partial<Resident>): void {
    const known = this.#known(pid);
    this.all.set(pid, { ...known, resident: { ...known.resident, ...resident } });
  }

  exec(pid: number, name: string, resident: Resident): void {
    this.all.set(pid, { ...this.#known(pid), name, layout: `layout of ${name}`, resident });
  }

  exit(pid: number): void {
    this.all.delete(pid);
  }

  look(pid: number): ProcessLook | null {
    this.looks += 1;
    return this.all.get(pid) ?? null;
  }

  sizes(pid: number): string | null {
    const known = this.all.get(pid);
    // A kernel's statm knows the size of the program too.
    return known === undefined ? null : JSON.stringify([known.name, known.start, known.resident]);
  }

  resident(pid: number): Promise<Resident | null> {
    return Promise.resolve(this.all.get(pid)?.resident ?? null);
  }

  threads(pid: number): number[] {
    return [...this.all.keys()].includes(pid) ? [pid, ...(this.threadsOf.get(pid) ?? [])] : [];
  }

  leader(thread: number): number | null {
    for (const [pid, threads] of this.threadsOf) if (threads.includes(thread)) return pid;
    return this.all.has(thread) ? thread : null;
  }

  /** A process begins a thread: a look that it can be had of, and no process. */
  startThread(pid: number, thread: number): void {
    this.start(thread, { parent: this.#known(pid).parent, name: `t${thread}`, anon: 9999 });
    this.threadsOf.set(pid, [...(this.threadsOf.get(pid) ?? []), thread]);
  }

  births(): string {
    return `${this.#born}`;
  }

  pids(): number[] {
    return [...this.all.keys()].filter((pid) => this.leader(pid) === pid);
  }

  owner(pid: number): number | null {
    return this.all.get(pid)?.owner ?? null;
  }

  #known(pid: number) {
    const known = this.all.get(pid);
    if (known === undefined) throw new Error(`no process ${pid}`);
    return known;
  }
}

const OWNER = { pid: 1, uid: 0, gid: 0 };

let folder: Folder;
let session: Session;
let world: World;
let notices: string[];
let processes: RealProcesses;

beforeEach(async () => {
  folder = new Folder();
  ({ session, notices } = await openIn(folder.at('s')));
  await runAll(session, ['mkdir web', 'mkdir db']);
  world = new World();
  processes = new RealProcesses(session.live, world);
});

afterEach(async () => {
  processes.close();
  await session.close();
  folder[Symbol.dispose]();
});

const join = async (pid: number, cgroup = '/web') => await processes.attach(pid, OWNER, cgroup);
/** In pages. */
const usage = async (cgroup: string): Promise<number> => {
  await processes.refresh();
  return session.live.machine.usage(cgroup).usage;
};
const lines = async (): Promise<string[]> =>
  (await exported(session)).split('\n').filter((line) => /^(fails \w+ )?(adopt|proc|exec|exit) /.test(line));
const tasks = async (cgroup: string): Promise<string> => {
  await processes.refresh();
  return (await run(session, `cat ${cgroup}/tasks`)).output;
};

describe('threads', () => {
  test('are listed where the process was when it began them, and hold no memory of their own', async () => {
    world.start(50, { anon: 10 });
    world.startThread(50, 51);
    await join(50);
    expect(await tasks('/web')).toBe('50\n');
    world.startThread(50, 52);
    world.hold(50, { anon: 30 });
    expect([await tasks('/web'), await usage('/web')]).toEqual(['50\n52\n', 20]);
    world.exit(52);
    expect(await tasks('/web')).toBe('50\n');
  });

  test('move alone, and what the process takes is charged where its leader is', async () => {
    world.start(50, { anon: 10 });
    world.startThread(50, 51);
    await join(51, '/db');
    world.hold(50, { anon: 20 });
    expect([await tasks('/db'), await usage('/db'), await tasks('/web')]).toEqual(['51\n', 0, '']);
    await join(50);
    world.startThread(50, 52);
    expect(await tasks('/web')).toBe('50\n52\n');
    await join(52, '/db');
    world.hold(50, { anon: 50 });
    expect([await usage('/web'), await usage('/db')]).toEqual([30, 0]);
    expect([await tasks('/web'), await tasks('/db')]).toEqual(['50\n', '51\n52\n']);
    await join(50, '/db');
    expect(await tasks('/db')).toBe('50\n51\n52\n');
  });
});

test.each([
  ['however slowly time goes', 0.2, 20_000],
  ['also if that takes longer than the reader waits for nothing', 1, 200_000],
])('usage is answered when what was seen is charged, %s', async (_how, speed, anon) => {
  world.start(50);
  await join(50);
  session.live.clock.setSpeed(speed, session.live.machine.now);
  world.hold(50, { anon });
  expect(await usage('/web')).toBe(anon);
});

test('who has gone is gone when it is answered, though the machine has something else in hand', async () => {
  await runAll(session, ['spawn t db', 'run t stream f 8M --write']);
  world.start(50);
  world.start(51);
  await join(50);
  await join(51);
  const { signal } = new AbortController();
  const busy = session.live.drive({ op: 'sync' }, { subject: 'sync', behaviour: [], signal });
  expect(busy).toBeInstanceOf(Promise);
  world.exit(51);
  await processes.refresh();
  expect(session.live.machine.processes().map(({ pid }) => pid)).toEqual([50]);
  await busy;
});

describe('a process that joins', () => {
  test('is charged what it takes from then on, and no line is written while nothing changes', async () => {
    world.start(50, { anon: 300, name: '-bash' });
    expect(await join(50)).toMatchObject({ ok: true });
    expect(await usage('/web')).toBe(0);
    world.hold(50, { anon: 500, file: 10 });
    expect(await usage('/web')).toBe(210);
    for (let i = 0; i < 5; i += 1) await processes.refresh();
    world.hold(50, { anon: 310 });
    expect(await usage('/web')).toBe(20);
    expect(await lines()).toEqual([
      'adopt 50 /web anon=1228800 file=0 shmem=0 --name -bash --start 500',
      'proc --no-wait 50 anon=2048000 file=40960 shmem=0',
      'proc --no-wait 50 anon=1269760 file=40960 shmem=0',
    ]);
  });

  test('moves, and what it took before is charged where it was', async () => {
    world.start(50);
    await join(50);
    world.hold(50, { anon: 100 });
    await join(50, '/db');
    world.hold(50, { anon: 130 });
    expect([await usage('/web'), await usage('/db')]).toEqual([100, 30]);
  });

  test('that is not there is left to the machine; of another user it is EACCES', async () => {
    world.start(50, { owner: 1000 });
    expect(processes.attach(51, OWNER, '/web')).toBeNull();
    const stranger = { pid: 9, uid: 1001, gid: 1001 };
    expect(await processes.attach(50, stranger, '/web')).toMatchObject({ errno: 'EACCES' });
    expect(await processes.attach(50, { ...stranger, uid: 1000 }, '/web')).toMatchObject({ ok: true });
  });

  test('is gone at once for rmdir, and its pid may be another process', async () => {
    world.start(50);
    await join(50);
    world.hold(50, { anon: 100 });
    expect(await usage('/web')).toBe(100);
    world.exit(50);
    world.start(50, { start: 999, anon: 77 });
    expect((await run(session, 'rmdir web')).failure).toBeNull();
  });

  test('that runs another program is charged all that this one takes', async () => {
    world.start(50, { anon: 300 });
    await join(50);
    world.exec(50, 'python3', { anon: 200, file: 5, shmem: 0 });
    expect(await usage('/web')).toBe(205);
    expect(session.live.machine.processes()).toMatchObject([{ pid: 50, name: 'python3' }]);
  });
});

describe('children', () => {
  test('join the group of their parent, and theirs too, whatever the order of their pids', async () => {
    world.start(50);
    await join(50);
    world.start(70, { parent: 50 });
    world.start(30, { parent: 70, anon: 9 });
    world.start(31, { parent: 1 });
    expect(await tasks('web')).toBe('30\n50\n70\n');
    expect(await usage('/web')).toBe(9);
  });

  test('that were there before stay where they are', async () => {
    world.start(50);
    world.start(51, { parent: 50 });
    await join(50);
    world.start(52, { parent: 51 });
    world.start(53, { parent: 50 });
    expect(await tasks('web')).toBe('50\n53\n');
  });

  test('that are copies of their parent share what it had before', async () => {
    world.start(50, { anon: 100 });
    await join(50);
    world.hold(50, { anon: 50 });
    world.start(51, { parent: 50, layout: 'layout 50', anon: 50 });
    await processes.refresh();
    expect(await usage('/web')).toBe(0);
    world.hold(50, { anon: 100 });
    world.exec(51, 'ls', { anon: 20, file: 3, shmem: 0 });
    expect(await usage('/web')).toBe(23);
  });

  test('stay where they are when their parent moves', async () => {
    world.start(50);
    await join(50);
    world.start(51, { parent: 50 });
    await processes.refresh();
    await join(50, '/db');
    world.start(52, { parent: 50 });
    expect([await tasks('web'), await tasks('db')]).toEqual(['51\n', '50\n52\n']);
  });
});

describe('what the limit has no room for', () => {
  test('is said once, not tried again and again, and charged when there is room', async () => {
    await runAll(session, ['set web low_wmark_in_bytes=200k high_wmark_in_bytes=300k limit_in_bytes=400k']);
    world.start(50, { name: 'hog' });
    await join(50);
    world.hold(50, { anon: 150 });
    expect(await usage('/web')).toBe(100);
    const before = await lines();
    for (let i = 0; i < 3; i += 1) await processes.refresh();
    expect(await lines()).toEqual(before);
    expect(notices).toEqual([
      expect.stringMatching(/^hog \(pid 50\) holds 200 KiB more than \/web has room for/),
    ]);
    await runAll(session, ['write web/limit_in_bytes 4M']);
    expect(await usage('/web')).toBe(150);
    expect(notices.length).toBe(1);
  });
});

test('while no process has joined nothing is looked at', async () => {
  world.start(50);
  expect(processes.refresh()).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(world.looks).toBe(0);
});

test('processes are sampled by the clock, without anybody who asks', async () => {
  world.start(50);
  await join(50);
  world.hold(50, { anon: 40 });
  await expect.poll(() => session.live.machine.usage('/web').usage).toBe(40);
  world.exit(50);
  await expect.poll(() => session.live.machine.processes()).toEqual([]);
});

test('a restored machine goes on with the processes that are there still', async () => {
  world.start(50);
  world.start(51);
  await join(50);
  await join(51);
  processes.close();
  world.exit(51);
  world.hold(50, { anon: 7 });
  processes = new RealProcesses(session.live, world);
  await expect.poll(() => session.live.machine.usage('/web').usage).toBe(7);
  expect(await tasks('web')).toBe('50\n');
});

/** Programs of the real world that take 20 MB when they are told to, and give them back. */
const ALLOCATE: [string, string[]][] = [
  [
    'python3',
    ['-c', 'import sys\nfor l in sys.stdin:\n a=b"x"*20000000 if l=="+\\n" else None\n print(l,flush=True)'],
  ],
  ['perl', ['-e', '$|=1; while (<STDIN>) { if ($_ eq "+\\n") { $a="x"x20000000 } else { undef $a } print }']],
  [
    'node',
    [
      '-e',
      'let a;process.stdin.on("data",d=>{d=String(d);a=d[0]==="+"?Buffer.alloc(2e7,1):null;if(!a)gc();console.log(d)})',
    ],
  ],
];

const isThere = (program: string): boolean =>
  has(`the program ${program}`, spawnSync(program, ['--version']).status === 0);

describe.skipIf(process.platform !== 'linux')('a real process', () => {
  let child: ChildProcess;
  afterEach(() => {
    child.kill('SIGKILL');
  });

  test.each(ALLOCATE.filter(([program]) => isThere(program)))(
    '%s that takes 20 MB shows them within 5 %, gives them back, and goes',
    async (program, args) => {
      processes.close();
      processes = new RealProcesses(session.live);
      child = spawn(ownCopy(program, folder.path), program === 'node' ? ['--expose-gc', ...args] : args, {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const { pid, stdin, stdout } = child;
      if (pid === undefined || stdin === null || stdout === null) throw new Error(`no ${program}`);
      const tell = async (word: string): Promise<void> => {
        const told = once(stdout, 'data');
        stdin.write(`${word}\n`);
        await told;
      };
      await tell('-');
      await join(pid);
      const before = await usage('/web');
      await tell('+');
      const taken = ((await usage('/web')) - before) * 4096;
      expect(taken).toBeGreaterThan(19e6);
      expect(taken).toBeLessThan(21e6);
      await tell('-');
      expect(((await usage('/web')) - before) * 4096).toBeLessThan(2e6);
      child.kill();
      await once(child, 'exit');
      expect(await tasks('web')).toBe('');
      expect(await usage('/web')).toBe(0);
      expect((await run(session, 'rmdir web')).failure).toBeNull();
    },
  );
});
