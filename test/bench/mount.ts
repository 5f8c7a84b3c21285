import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, plainRow, type Row } from './measure.ts';

/** The mount, as the built program serves it, beside the least program that libfuse3 allows. */

const memcg = process.env['MEMCG_PROGRAM'] ?? fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
const source = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Turns of each, one after the other, so that a noisy minute is everybody's. */
const ROUNDS = 15;
const COUNT = 1000;
const DIRECTORIES = 100_000;
/** Of USER_HZ in /proc/PID/stat. */
const TICKS = 100;
const IDLE = 10;

export async function mount(): Promise<Row[]> {
  const missing = whatIsMissing();
  if (missing !== null) {
    console.error(`the mount is not measured: ${missing}`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  for (const name of ['run', 'ours', 'theirs']) mkdirSync(join(folder, name), { mode: 0o700 });
  const env = {
    ...process.env,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_STATE_HOME: join(folder, 'state'),
    MEMCG_SESSION: 'bench',
  };
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [memcg, ...args], { env, encoding: 'utf8' });
  const ours = join(folder, 'ours');
  let other: ChildProcess | null = null;
  try {
    run('up');
    const began = performance.now();
    run('mount', ours);
    const took = performance.now() - began;
    const pid = Number(JSON.parse(run('status', '--json')).pid);
    const rows: Row[] = [plainRow('`memcg mount` of a session that is up', took, 'ms')];
    if (spawnSync('pkg-config', ['--exists', 'fuse3']).status === 0) {
      const theirs = join(folder, 'theirs');
      compile('libfuse.c', join(folder, 'libfuse'));
      const libfuse = spawn(join(folder, 'libfuse'), [theirs], { stdio: 'inherit' });
      other = libfuse;
      await until(() => existsSync(join(theirs, 'limit')));
      compile('client.c', join(folder, 'client'));
      const files = [join(ours, 'default/memory.limit_in_bytes'), join(theirs, 'limit')] as const;
      rows.push(...(await compare(join(folder, 'client'), files, [pid, libfuse.pid ?? 0])));
    }
    rows.push(...growth(pid, ours), await idle(pid));
    return rows;
  } finally {
    if (other !== null) spawnSync('umount', [join(folder, 'theirs')]);
    run('down');
    rmSync(folder, { recursive: true, force: true });
  }
}

function whatIsMissing(): string | null {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch {
    return '/dev/fuse can not be opened';
  }
  if (process.getuid?.() !== 0) return 'only root may mount';
  return spawnSync('cc', ['--version']).status === 0 ? null : 'there is no C compiler (cc)';
}

function compile(name: string, to: string): void {
  const flags = execFileSync('pkg-config', ['--cflags', '--libs', 'fuse3'], { encoding: 'utf8' });
  execFileSync('cc', ['-O2', '-o', to, source(name), ...flags.trim().split(/\s+/)]);
}

const KINDS = ['write', 'read'].flatMap((what) => [
  { what, clients: 1, onOne: false, who: 'one client' },
  { what, clients: 1, onOne: true, who: 'one client, all on one CPU' },
  { what, clients: 2, onOne: false, who: 'two clients' },
]);

/**
 * Times those of libfuse3. On which CPUs client and server meet is the scheduler's, and is most of what either takes;
 * on one CPU neither waits for another to wake up.
 */
async function compare(
  client: string,
  files: readonly [string, string],
  servers: readonly [number, number],
): Promise<Row[]> {
  const kinds = KINDS.map((kind) => ({ ...kind, took: files.map((): number[] => []) }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { what, clients, onOne, took } of kinds) {
      for (const [i, file] of files.entries()) {
        const command = [client, file, what, `${COUNT}`];
        if (onOne) allowed(servers[i], FIRST_CPU);
        const words = onOne ? ['taskset', FIRST_CPU, ...command] : command;
        const each = await Promise.all(Array.from({ length: clients }, () => timed(words)));
        if (onOne) allowed(servers[i], ANY_CPU);
        if (round > 0) took[i].push(Math.max(...each) / 1000);
      }
    }
  }
  return kinds.map(({ what, who, onOne, took }): Row => {
    const [ours, theirs] = took.map(median);
    return {
      work: `open+${what}+close through the mount, ${who}`,
      against: 'the least that libfuse3 can do',
      found: ours / theirs,
      unit: 'x',
      aim: onOne ? null : 1.2,
      floor: onOne ? null : 2,
      better: 'less',
      seen: `${ours.toFixed(0)} us against ${theirs.toFixed(0)} us`,
    };
  });
}

/** As taskset(1) has masks. */
const FIRST_CPU = '1';
const ANY_CPU = 'ffffffff';

/** All threads of a process run on these CPUs alone from now on. */
function allowed(pid: number, cpus: string): void {
  execFileSync('taskset', ['-ap', cpus, `${pid}`], { stdio: 'ignore' });
}

function timed([program, ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once('close', (status) => {
      if (status === 0) resolve(Number(text));
      else reject(new Error(`${program} ended with ${status}`));
    });
  });
}

/** Memory that many directories leave behind, MiB. */
function growth(pid: number, directory: string): Row[] {
  const script = `i=0; while [ $i -lt $1 ]; do mkdir "$0/d$i" && rmdir "$0/d$i" || exit 1; i=$((i+1)); done`;
  const turn = (count: number): void => {
    const perl = 'for (1..$ARGV[1]) { mkdir "$ARGV[0]/d" or die $!; rmdir "$ARGV[0]/d" or die $!; }';
    const { status } = spawnSync('perl', ['-e', perl, directory, `${count}`], { stdio: 'inherit' });
    if (status !== 0) execFileSync('sh', ['-c', script, directory, `${count}`]);
  };
  turn(DIRECTORIES / 10);
  const before = resident(pid);
  const began = performance.now();
  turn(DIRECTORIES);
  const took = performance.now() - began;
  return [
    plainRow('mkdir and rmdir through the mount', (DIRECTORIES * 1000) / took, '/s'),
    plainRow(
      `memory that ${DIRECTORIES} mkdir and rmdir leave behind`,
      (resident(pid) - before) / 1024,
      'MiB',
    ),
  ];
}

const resident = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

async function idle(pid: number): Promise<Row> {
  await sleep(IDLE);
  const before = ticks(pid);
  await sleep(IDLE);
  const percent = ((ticks(pid) - before) / TICKS / IDLE) * 100;
  return plainRow(`CPU of an idle mount over ${IDLE} s`, percent, '%');
}

function ticks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function until(test: () => boolean): Promise<void> {
  while (!test()) await sleep(0.01);
}
