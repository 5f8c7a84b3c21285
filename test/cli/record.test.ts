import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { getuid } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { whyNoStrace } from '../../src/workload/record/strace.ts';
import { has } from '../support/has.ts';
import { Desk, endOf, replayed } from './recordings.ts';

const SLOWEST = 120_000;
vi.setConfig({ testTimeout: SLOWEST, hookTimeout: SLOWEST });

const desk = new Desk();
afterAll(() => desk.remove());
const textOf = (name: string): string => readFileSync(desk.path(name), 'utf8');

const hasProc = existsSync('/proc/self/status');
const missing = ['python3', 'perl', 'sh'].filter((each) => spawnSync(each, ['-c', '']).error !== undefined);
const skip = (what: string): boolean => process.stderr.write(`SKIPPED: ${what}\n`);
if (!hasProc) skip('no /proc here: nothing real is recorded');
if (missing.length > 0) skip(`recordings of real programs: no ${missing.join(', no ')}`);

/** Programs that say at their end what they had at most, and what they read and wrote. */
const PYTHON = `
import sys, time
def number(file, name):
    return next(int(line.split()[1]) for line in open(file) if line.startswith(name))
data = bytearray(b'x') * (96 << 20)
time.sleep(0.2)
open('python.out', 'wb').write(data[:40 << 20])
del data
for i in range(3):
    with open('python.out', 'rb') as file:
        while file.read(1 << 20): time.sleep(0.005)
peak = number('/proc/self/status', 'VmHWM') - number('/proc/self/status', 'RssFile')
print(peak * 1024, number('/proc/self/io', 'rchar'), number('/proc/self/io', 'wchar'))
`;
const NODE = `
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const number = (file, name) => Number(new RegExp(name + ':\\\\s+(\\\\d+)').exec(readFileSync(file, 'utf8'))[1]);
const held = [];
for (let i = 0; i < 20; i += 1) {
  held.push(Buffer.alloc(8 << 20, i));
  writeFileSync('node.out', held[i]);
  readFileSync('node.out');
  await setTimeout(20);
}
const peak = number('/proc/self/status', 'VmHWM') - number('/proc/self/status', 'RssFile');
console.log(peak * 1024, number('/proc/self/io', 'rchar'), number('/proc/self/io', 'wchar'));
`;
const PERL = `
sub number { my ($file, $name) = @_; open(my $in, '<', $file); while (<$in>) { return $1 if /^$name:\\s+(\\d+)/ } }
my @rows = map { 'row ' x 2500 . $_ } 1 .. 6000;
select(undef, undef, undef, 0.2);
open(my $out, '>', 'perl.out'); print $out $_ for @rows; close $out;
@rows = ();
open(my $in, '<', 'perl.out'); 1 while read($in, my $piece, 1 << 16); close $in;
select(undef, undef, undef, 0.2);
my $peak = number('/proc/self/status', 'VmHWM') - number('/proc/self/status', 'RssFile');
print join(' ', $peak * 1024, number('/proc/self/io', 'rchar'), number('/proc/self/io', 'wchar')), "\\n";
`;
const PROGRAMS = [
  ['python3', 'program.py', PYTHON],
  ['node', 'program.mjs', NODE],
  ['perl', 'program.pl', PERL],
] as const;

const MIB = 2 ** 20;
const UNITS = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 } as const;

/** What its last lines say that calls read and wrote, bytes. */
function told(name: string): { read: number; written: number } {
  const text = textOf(name).replaceAll(/\n# +/g, ' ');
  const [, read = '', written = ''] =
    / ([\d.,]+[KMG]?) read(?: \(.*?\))?, ([\d.,]+[KMG]?) written/.exec(text) ?? [];
  const bytes = (size: string): number => {
    const [, digits = '', unit = ''] = /^([\d.,]+)([KMG]?)$/.exec(size) ?? [];
    return Number(digits.replaceAll(',', '')) * UNITS[unit as keyof typeof UNITS];
  };
  return { read: bytes(read), written: bytes(written) };
}

/** What it said, but for what it says of itself at its end. */
const others = (stderr: string): string => stderr.replace(/^memcg: (?!record: ).*\n/gm, '');

const within = (part: number, found: number, real: number): void => {
  expect(found).toBeGreaterThan(real * (1 - part));
  expect(found).toBeLessThan(real * (1 + part));
};

/** Forks twice, so that its grandchild is nobody's child; that has so many MiB in the end, and lives so long. */
const DAEMON = (mib: number, seconds: number) => `
import os, time
if os.fork() == 0:
    os.setsid()
    for fd in range(3): os.close(fd)
    if os.fork() == 0:
        time.sleep(0.2)
        data = bytearray(b'x') * (${mib} << 20)
        time.sleep(${seconds})
    os._exit(0)
os.wait()
`;

/** Does what strace does, but says it only when the command has long ended. */
const LATE_STRACE = `#!/bin/sh
while [ "$1" != -- ]; do
  [ "$1" = -o ] && out=$2
  [ $# -gt 1 ] || exit 0
  shift
done
shift
pid=$$ out=$out setsid sh -c '(
  sleep 1.5
  echo "$pid 1.000000 execve(\\"/bin/true\\", [], 0x1) = 0"
  echo "$pid 1.000000 openat(AT_FDCWD</>, \\"late\\", O_WRONLY|O_CREAT, 0666) = 3</late>"
  for i in $(seq 1000); do echo "$pid 1.000000 write(3</late>, \\"\\"..., 4096) = 4096"; done
  echo "$pid 1.000000 +++ exited with 0 +++"
) >"$out" &' </dev/null >/dev/null 2>&1
exec "$@"
`;

/** Reads, writes and removes what is known to the byte. */
const KNOWN = `
import os
data = os.open('data', os.O_RDWR | os.O_CREAT)
for i in range(256): os.write(data, bytes(4096))
for i in range(3):
    os.lseek(data, 0, 0)
    while os.read(data, 65536): pass
for i in range(1000): os.pread(data, 4096, i * 7919 % 256 * 4096)
if os.fork() == 0:
    os.lseek(data, 128 * 4096, 0); os.read(data, 128 * 4096); os._exit(0)
os.wait()
os.read(data, 1)
os.unlink('data')
`;

describe.runIf(hasProc)('a traced program', () => {
  const canTrace = has('strace and python3', whyNoStrace() === null && !missing.includes('python3'));

  it.skipIf(!canTrace)('has in its trace what it did to each file, and that is replayed', async () => {
    writeFileSync(desk.path('known.py'), KNOWN);
    const { status, stderr } = await desk.memcg(
      ...['record', '--trace', '-o', 'known.memcg', '--', 'python3', 'known.py'],
    );
    expect(others(stderr)).toBe('');
    expect(status).toBe(0);
    // The trace has what files took at most, and a replay tells it.
    expect(stderr + readFileSync(desk.path('known.memcg'), 'utf8')).not.toContain('without a limit');
    const rows = gunzipSync(readFileSync(desk.path('known.trace.csv.gz')))
      .toString()
      .trim()
      .split('\n');
    const own = rows.filter((row) => row.split(',')[2] === desk.path('data')).map((row) => row.split(','));
    const sum = (kind: string) =>
      own.filter(([, op]) => op === kind).reduce((all, row) => all + Number(row[4]), 0);
    expect(sum('write')).toBe(256 * 4096);
    expect(sum('read')).toBe(3 * 256 * 4096 + 1000 * 4096 + 128 * 4096);
    expect(own.at(-1)?.slice(1)).toEqual(['truncate', desk.path('data'), '0', '0']);
    expect(own.map(([time]) => Number(time))).toEqual(
      own.map(([time]) => Number(time)).sort((a, b) => a - b),
    );

    const replay = await desk.memcg('replay', '--json', 'known.memcg');
    expect(replay.status).toBe(0);
  });

  it.skipIf(!canTrace)('ends with its own status, and names no paths when it is not to', async () => {
    writeFileSync(desk.path('secret'), 'x'.repeat(8192));
    const command = ['sh', '-c', 'cat secret >copy; exit 7'];
    const { status } = await desk.memcg(
      'record',
      '--trace',
      '--anonymous',
      '-o',
      'a.memcg',
      '--',
      ...command,
    );
    expect(status).toBe(7);
    const trace = gunzipSync(readFileSync(desk.path('a.trace.csv.gz'))).toString();
    expect(trace).toMatch(/,read,\d+,0,8192\n/);
    expect(trace).not.toContain('secret');
  });

  it.skipIf(!canTrace)('has what it uses of its memory and of mapped files touched again', async () => {
    const hot = `
import mmap, time
data = bytearray(b'x') * (64 << 20)
open('mapped', 'wb').write(data[:32 << 20])
file = open('mapped', 'rb')
mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
for i in range(0, 32 << 20, 4096): mapped[i]
until = time.monotonic() + 3
while time.monotonic() < until:
    for i in range(0, 40 << 20, 4096): data[i] = 1
    for i in range(0, 16 << 20, 4096): mapped[i]`;
    writeFileSync(desk.path('hot.py'), hot);
    const { status } = await desk.memcg('record', '--trace', '-o', 'hot.memcg', '--', 'python3', 'hot.py');
    expect(status).toBe(0);
    const touches = [...textOf('hot.memcg').matchAll(/^run (\w+) touch (\d+)K$/gm)];
    // On a busy machine the last look may be a short one.
    const most = (task: RegExp): number =>
      Math.max(...touches.filter(([, name]) => task.test(name)).map(([, , kib]) => Number(kib) / 1024));
    const [anon, mapped] = [most(/^python3?$/), most(/_map$/)];
    within(0.2, anon, 42);
    within(0.3, mapped, 20);
    expect(textOf('hot.memcg').replaceAll(/\n# +/g, ' ')).toMatch(
      /strace stopped it at [\d,]+ calls, each for [\d.]+us/,
    );
    expect((await desk.memcg('replay', 'hot.memcg')).status).toBe(0);
  });

  it('has all its rows, however late the words of strace come', async () => {
    mkdirSync(desk.path('late'));
    writeFileSync(desk.path('late/strace'), LATE_STRACE, { mode: 0o755 });
    const late = desk.start(['record', '--trace', '-q', '-o', 'late.memcg', '--', 'true'], {
      PATH: `${desk.path('late')}:${process.env['PATH']}`,
    });
    expect(await endOf(late)).toMatchObject({ status: 0, stderr: '' });
    const trace = gunzipSync(readFileSync(desk.path('late.trace.csv.gz'))).toString();
    expect(trace.match(/,write,\/late,\d+,4096\n/g)).toHaveLength(1000);
    expect(textOf('late.memcg')).toMatch(/^# State: completed\n/);
  });

  it.each([
    [['--trace', '--pid', '1'], '--trace is for a command: what runs already is not stopped at its calls'],
    [
      ['--trace', '--files', '1M', '--', 'true'],
      '--trace knows the files: --files is for recordings without it',
    ],
    [['--anonymous', '--', 'true'], '--anonymous is for --trace: else no paths are written'],
  ])('%s is refused', async (words, why) => {
    const { status, stderr } = await desk.memcg('record', '-o', 'x.memcg', ...words);
    expect({ status, stderr }).toEqual({ status: 2, stderr: `memcg: record: ${why}\n` });
  });

  it('leaves no recording of a program that is not there', async () => {
    await desk.memcg('record', '-o', 'nothing.memcg', '--', 'no-such-program');
    expect(existsSync(desk.path('nothing.memcg'))).toBe(false);
  });

  it.skipIf(!canTrace)('has the status of a shell when there is no such program', async () => {
    const { status, stderr } = await desk.memcg(
      'record',
      '--trace',
      '-o',
      'x.memcg',
      '--',
      'no-such-program',
    );
    expect({ status, stderr }).toEqual({
      status: 127,
      stderr: 'memcg: record: no-such-program: there is no such program\n',
    });
  });
});

describe.runIf(hasProc)('a recorded program', () => {
  it.skipIf(missing.length > 0).each(PROGRAMS)(
    '%s has at replay the memory that it had, and reads and writes what it did',
    async (program, file, source) => {
      writeFileSync(desk.path(file), source);
      const { status, stdout, stderr } = await desk.memcg(
        'record',
        '-o',
        `${program}.memcg`,
        '--',
        program,
        file,
      );
      expect({ status, stderr: others(stderr) }).toEqual({ status: 0, stderr: '' });
      const [peak, read, written] = stdout.trim().split(' ').map(Number);
      const again = await replayed(desk.path(`${program}.memcg`));
      expect(again.result.error).toBeNull();
      within(0.05, again.peak, peak);
      const { read: called, written: calledToWrite } = told(`${program}.memcg`);
      within(0.02, called, read);
      within(0.02, calledToWrite, written);
      // Of files: what it has written is there already when it reads it.
      expect(again.written).toBeLessThan(written * 1.05);
      expect(again.read).toBeLessThan(written / 2);
    },
  );

  it('is told as one with its children, also those that nobody saw', async () => {
    const script =
      'for i in $(seq 40); do head -c 1000000 /dev/zero > part; cat part > whole; done; cat /proc/$$/io';
    const { stdout } = await desk.memcg('record', '-o', 'children.memcg', '--', 'sh', '-c', script);
    const [, read, written] = /rchar: (\d+)\nwchar: (\d+)/.exec(stdout) ?? [];
    const calls = told('children.memcg');
    within(0.02, calls.read, Number(read));
    within(0.02, calls.written, Number(written));
    expect(Number(written)).toBeGreaterThan(80e6);
  });

  it.each([
    ['a child that has ended', 'head -c 50M /dev/zero >once; sleep .5', 50],
    ['a pipeline', 'head -c 40M /dev/zero | cat | cat >piped; sleep .5', 3 * 40],
    ['children by and by', 'for i in 1 2 3 4 5; do head -c 10M /dev/zero >again; sleep .15; done', 50],
  ])('counts %s once, however long its parent lives', async (_, script, mib) => {
    const { stderr } = await desk.memcg('record', '--force', '-o', 'once.memcg', '--', 'sh', '-c', script);
    expect(others(stderr)).toBe('');
    within(0.02, told('once.memcg').written, mib * 2 ** 20);
  });

  const BLOCK = "b'x' * 65536";
  it.skipIf(missing.length > 0).each([
    ['/dev/zero is no file', `data = open('/dev/zero', 'rb').read(80 << 20)`, 0, 0],
    [
      'a file that is read four times is there once',
      `file = open('in', 'rb')
for _ in range(4):
    file.seek(0)
    file.read()
    time.sleep(.15)`,
      30,
      0,
    ],
    [
      'a file that is written over and over is there once',
      `file = open('out', 'wb', 0)
for i in range(4):
    file.seek(0)
    [file.write(${BLOCK}) for _ in range(320)]
    os.fsync(file.fileno())
    # Long enough to be looked at; what is written again may then come between two looks, also on a busy machine.
    time.sleep(1 if i in (0, 3) else 0)`,
      0,
      20,
    ],
    [
      'what others wrote is theirs, also where it is dropped before it went to storage',
      `file = open('in', 'wb', 0)
[file.write(${BLOCK}) for _ in range(320)]`,
      0,
      20,
    ],
    ['a pipe is no file', `os.system('head -c 40M /dev/zero | cat | cat >/dev/null')`, 0, 0],
  ])('knows that %s', async (_, source, read, written) => {
    writeFileSync(desk.path('in'), Buffer.alloc(30 * MIB));
    const program = `import os, time\n${source}\ntime.sleep(.3)`;
    await desk.memcg('record', '--force', '-o', 'set.memcg', '--', 'python3', '-c', program);
    const again = await replayed(desk.path('set.memcg'));
    expect(again.read / MIB).toBeGreaterThanOrEqual(read * 0.9);
    expect(again.read / MIB).toBeLessThan(read * 1.1 + 4);
    expect(again.written / MIB).toBeGreaterThanOrEqual(written * 0.9);
    expect(again.written / MIB).toBeLessThan(written * 1.1 + 2);
    expect(again.result.cgroups.map(({ stat }) => stat.refaults)).toContain(null);
  });

  it.skipIf(missing.length > 0)('has shared memory once, which is not dropped', async () => {
    const program = `
import mmap, os, time
shared = mmap.mmap(-1, 48 << 20)
for i in range(0, 48 << 20, 4096): shared[i] = 1
for i in range(3):
    if os.fork() == 0:
        for j in range(0, 48 << 20, 4096): shared[j]
        time.sleep(2)
        os._exit(0)
for i in range(3): os.wait()`;
    await desk.memcg('record', '-o', 'shared.memcg', '--', 'python3', '-c', program);
    const { peak } = await replayed(desk.path('shared.memcg'));
    expect(peak / MIB).toBeGreaterThan(48);
    expect(peak / MIB).toBeLessThan(100);
  });

  it.skipIf(missing.length > 0)('has the shared memory of two who have none in common twice', async () => {
    const program = `
import mmap, os, time
for i in range(2):
    if os.fork() == 0:
        shared = mmap.mmap(-1, 30 << 20)
        for j in range(0, 30 << 20, 4096): shared[j] = 1
        time.sleep(3)
        os._exit(0)
for i in range(2): os.wait()`;
    await desk.memcg('record', '-o', 'two.memcg', '--', 'python3', '-c', program);
    const { peak } = await replayed(desk.path('two.memcg'));
    expect(peak / MIB).toBeGreaterThan(60);
    expect(peak / MIB).toBeLessThan(90);
  });

  it.skipIf(missing.length > 0)(
    'goes round in the files that are named, and knows what is read again',
    async () => {
      writeFileSync(desk.path('named'), Buffer.alloc(20 * MIB));
      const program = `[open('named', 'rb').read() for _ in range(3)]`;
      await desk.memcg('record', '--files', 'named', '-o', 'named.memcg', '--', 'python3', '-c', program);
      const { read, result } = await replayed(desk.path('named.memcg'));
      within(0.1, read, 60 * MIB);
      expect(result.cgroups.map(({ stat }) => stat.refaults)).not.toContain(null);
    },
  );

  it('says at its end what it wrote, how sure that is, and what to type next', async () => {
    const { stderr } = await desk.memcg(
      'record',
      '-o',
      'told.memcg',
      '--',
      'sh',
      '-c',
      'head -c 3M /dev/zero >told',
    );
    const [what = '', sure = '', ...more] = stderr.split('\n');
    expect(what).toMatch(
      /^memcg: told\.memcg: [\d.]+s, at most .* read.*, 3\.\d+M written; peak [\d.]+[KM] without a limit;/,
    );
    expect(sure).toMatch(/^memcg: how sure: re-reads unknown \(record with --trace, or say --files\)/);
    expect(more).toContain('memcg: next: memcg replay told.memcg --limit 70%');
  });

  it('says in its head, and at its end, that it sizes itself by its limit', async () => {
    const { stderr } = await desk.memcg('record', '-o', 'sized.memcg', '--', 'node', '-e', '1');
    const advice = /Node sizes its heap .* record it under the limit that it is to run with/;
    expect(stderr).toMatch(advice);
    expect(textOf('sized.memcg').split('\nmachine ')[0]?.replaceAll(/\n# +/g, ' ')).toMatch(advice);
  });

  it.skipIf(missing.length > 0)('counts once what a fork shares', async () => {
    const script = `
import os, time
data = bytearray(b'x') * (64 << 20)
children = []
for i in range(3):
    child = os.fork()
    if child == 0:
        time.sleep(2.5)
        os._exit(0)
    children.append(child)
for child in children: os.waitpid(child, 0)`;
    await desk.memcg('record', '-o', 'forks.memcg', '--', 'python3', '-c', script);
    const { peak } = await replayed(desk.path('forks.memcg'));
    expect(peak / 2 ** 20).toBeGreaterThan(64);
    expect(peak / 2 ** 20).toBeLessThan(100);
  });

  it.skipIf(missing.length > 0)('may fork a thousand children', async () => {
    const script = `
import os
children = []
for i in range(1000):
    child = os.fork()
    if child == 0:
        os.write(os.open('child.out', os.O_WRONLY | os.O_CREAT), b'x' * 10000)
        os._exit(0)
    children.append(child)
for child in children: os.waitpid(child, 0)`;
    const { status } = await desk.memcg('record', '-o', 'thousand.memcg', '--', 'python3', '-c', script);
    expect(status).toBe(0);
    within(0.02, told('thousand.memcg').written, 10_000_000);
    expect(textOf('thousand.memcg').length).toBeLessThan(20_000);
  });

  it.skipIf(missing.length > 0).each([[[]], [['--trace']]])(
    'is followed where it forks twice, as long as it is to be %j',
    async (trace) => {
      if (trace.length > 0 && whyNoStrace() !== null) return;
      writeFileSync(desk.path('daemon.py'), DAEMON(48, 0.6));
      const command = ['--', 'python3', 'daemon.py'];
      const { status } = await desk.memcg(
        'record',
        '--force',
        '--for',
        '1m',
        ...trace,
        '-o',
        'daemon.memcg',
        ...command,
      );
      expect(status).toBe(0);
      expect(textOf('daemon.memcg')).toMatch(/^# State: completed\n/);
      expect((await replayed(desk.path('daemon.memcg'))).peak).toBeGreaterThan(47 << 20);
    },
  );

  it.skipIf(missing.length > 0)('says what it leaves behind, and is not complete then', async () => {
    writeFileSync(desk.path('left.py'), DAEMON(1, 30));
    const { status } = await desk.memcg('record', '-o', 'left.memcg', '--', 'python3', 'left.py');
    expect(status).toBe(0);
    const text = textOf('left.memcg');
    expect(text).toMatch(/^# State: cut short\n/);
    const [, pid] = /left python3? \(pid (\d+)\)/.exec(text.replaceAll(/\n# +/g, ' ')) ?? [];
    process.kill(Number(pid));
  });

  it.skipIf(missing.length > 0)('may last a tenth of a second: its peak is its own', async () => {
    const script = `
data = [bytearray(b'x' * (1 << 20)) for i in range(150)]
print([int(line.split()[1]) << 10 for line in open('/proc/self/status') if line.startswith('RssAnon')][0])`;
    const { stdout } = await desk.memcg('record', '-o', 'short.memcg', '--', 'python3', '-c', script);
    within(0.05, (await replayed(desk.path('short.memcg'))).peak, Number(stdout));
  });

  it('may end at once', async () => {
    const { status, stderr } = await desk.memcg('record', '-o', 'true.memcg', '--', 'true');
    expect({ status, stderr: others(stderr) }).toEqual({ status: 0, stderr: '' });
    expect(textOf('true.memcg')).toMatch(/^# State: completed\n# true, recorded by memcg record\n/);
    expect((await replayed(desk.path('true.memcg'))).result.error).toBeNull();
  });

  it('has its own input, output and status, and options that look like ours', async () => {
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 7', '-g', '--json', '-o'];
    expect(await desk.memcg('record', '--quiet', '-o', 'own.memcg', '--', ...command)).toEqual({
      status: 7,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('is replayed under the limit that the command line gives', async () => {
    await desk.memcg('record', '-o', 'limited.memcg', '--', 'sleep', '.3');
    const { status, stdout } = await desk.memcg('replay', '--limit', '16M', 'limited.memcg');
    expect(status).toBe(0);
    expect(stdout).toMatch(/limit\s+16M\s+limit_in_bytes/);
  });

  it('gets the signals that memcg is sent, and the recording says so', async () => {
    const child = desk.start(['record', '-o', 'signal.memcg', '--', 'sh', '-c', 'echo up; exec sleep 60']);
    const ended = endOf(child);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect((await ended).status).toBe(128 + 15);
    expect(textOf('signal.memcg')).toMatch(/^# State: cut short\n/);
    expect(textOf('signal.memcg')).toMatch(/# Cut short: SIGTERM ended the command\.\n$/);
  });

  it('leaves a whole script behind when memcg is killed', async () => {
    const child = desk.start(['record', '-o', 'killed.memcg', '--', 'sh', '-c', 'echo $$; exec sleep 60']);
    const ended = once(child, 'exit');
    const pid = Number(await once(child.stdout, 'data'));
    child.kill('SIGKILL');
    await ended;
    process.kill(pid);
    expect(textOf('killed.memcg')).toMatch(/^# State: cut short\n/);
    expect((await replayed(desk.path('killed.memcg'))).result.error).toBeNull();
  });
});

describe.runIf(hasProc)('a process that runs already', () => {
  it('is recorded until it ends', async () => {
    const child = desk.start([
      'record',
      '-o',
      'pid.memcg',
      '--pid',
      `${process.pid}`,
      '--for',
      '300ms',
      '-q',
    ]);
    expect(await endOf(child)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(textOf('pid.memcg')).toMatch(/^# State: completed\n/);
    const { peak } = await replayed(desk.path('pid.memcg'));
    expect(peak).toBeGreaterThan(10 * 2 ** 20);
  });

  it('is recorded up to ^C, and the recording says that it is partial', async () => {
    const child = desk.start(['record', '-o', 'partial.memcg', '--pid', `${process.pid}`, '-q']);
    const ended = endOf(child);
    await vi.waitUntil(() => existsSync(desk.path('partial.memcg')), SLOWEST);
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, stdout: '', stderr: 'memcg: record: interrupted\n' });
    expect(textOf('partial.memcg')).toMatch(/^# State: cut short\n/);
    expect(textOf('partial.memcg')).toMatch(/# Cut short: interrupted\.\n$/);
  });
});

/** Threads of the kernel are kthreadd's children; in a container there are none. */
const kernelThread =
  hasProc && /^2 \(kthreadd\)/.test(existsSync('/proc/2/stat') ? readFileSync('/proc/2/stat', 'utf8') : '')
    ? 2
    : null;

describe('memcg record says what is wrong', () => {
  const wrong: [string, string[], number, RegExp][] = [
    ['no file', ['--', 'true'], 2, /-o FILE says where the recording goes/],
    ['nothing to record', ['-o', 'x.memcg'], 2, /one of -- COMMAND\.\.\., --pid PID and --cgroup DIRECTORY/],
    ['two things to record', ['-o', 'x.memcg', '--pid', '1', '--', 'true'], 2, /it takes one of/],
    ['a pid that is none', ['-o', 'x.memcg', '--pid', 'me'], 2, /--pid takes a number, 'me' is none/],
    ['an interval that is none', ['-o', 'x.memcg', '--interval', '1ms', '--', 'true'], 2, /from 5ms to 1m/],
    ['no such option', ['-o', 'x.memcg', '--bogus', '--', 'true'], 2, /unknown option '--bogus'/],
  ];
  const failing: [string, string[], number, RegExp][] = [
    [
      'no such command',
      ['-o', 'x.memcg', '--', 'no-such-command'],
      127,
      /no-such-command: there is no such program/,
    ],
    [
      'no such folder',
      ['-o', 'no/such/x.memcg', '--', 'true'],
      3,
      /no\/such\/x\.memcg: no such file or directory/,
    ],
    ['a full disk', ['-o', '/dev/full', '--', 'true'], 3, /\/dev\/full: no space left on device/],
    ['no such process', ['-o', 'x.memcg', '--pid', '999999999'], 3, /there is no such process/],
    [
      'a thread of the kernel',
      ['-o', 'x.memcg', '--pid', `${kernelThread}`],
      3,
      /a thread of the kernel's: it has no memory/,
    ],
    ['no such cgroup', ['-o', 'x.memcg', '--cgroup', 'no/such'], 3, /there is no cgroup .*no\/such/],
  ];
  it.each(hasProc ? [...wrong, ...failing.filter(([, args]) => !args.includes('null'))] : wrong)(
    '%s',
    async (_, args, status, message) => {
      const ended = await desk.memcg('record', ...args);
      expect(ended.status).toBe(status);
      expect(ended.stderr).toMatch(message);
    },
  );

  it.runIf(hasProc)(
    'what is there already is not lost without a word, nor written through a link',
    async () => {
      const asked = (name: string, ...more: string[]) =>
        desk.memcg('record', ...more, '-o', name, '--', 'true');
      writeFileSync(desk.path('kept.memcg'), 'precious');
      writeFileSync(desk.path('fresh.trace.csv.gz'), 'precious');
      symlinkSync('kept.memcg', desk.path('way.memcg'));
      spawnSync('mkfifo', [desk.path('pipe.memcg')]);
      const saying = (name: string, why: string) => ({
        status: 3,
        stdout: '',
        stderr: `memcg: record: ${name}: ${why}\n`,
      });
      const there = 'it is there already: --force writes it anew';
      const link = 'this is a link: name the file that it leads to';
      expect(await asked('kept.memcg')).toEqual(saying('kept.memcg', there));
      expect(await asked('way.memcg', '--force')).toEqual(saying('way.memcg', link));
      expect(await asked('pipe.memcg')).toEqual(
        saying('pipe.memcg', 'only regular files are written, and this is none'),
      );
      if (whyNoStrace() === null) {
        expect(await asked('fresh.memcg', '--trace')).toEqual(saying('fresh.trace.csv.gz', there));
        expect(existsSync(desk.path('fresh.memcg'))).toBe(false);
      }
      expect(textOf('kept.memcg')).toBe('precious');
      expect((await asked('kept.memcg', '--force')).status).toBe(0);
      expect(textOf('kept.memcg')).toMatch(/recorded by memcg record/);
      expect((await asked('kept.memcg', '--force')).status).toBe(0);
    },
  );

  it.runIf(hasProc)('a process that ends too early: what there is of it is kept', async () => {
    const cat = spawn('cat');
    const pid = ['--pid', `${cat.pid}`, '--for', '1m'];
    const child = desk.start(['record', '-o', 'early.memcg', '-q', ...pid]);
    const ended = endOf(child);
    await vi.waitUntil(() => existsSync(desk.path('early.memcg')), SLOWEST);
    cat.stdin.end();
    const { status, stderr } = await ended;
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: 'memcg: record: the process ended before 60s were over\n',
    });
    expect(textOf('early.memcg')).toMatch(/^# State: cut short\n/);
  });
});

const CGROUP = '/sys/fs/cgroup/memory';
const canMakeCgroups = getuid?.() === 0 && existsSync(`${CGROUP}/memory.stat`);
if (!canMakeCgroups) skip('no cgroup of version 1 may be made here: none is recorded');

it.runIf(canMakeCgroups)('a real cgroup is recorded until it is removed', async () => {
  const name = `memcg-test-${process.pid}`;
  const script = `mkdir ${CGROUP}/${name} && echo 0 > ${CGROUP}/${name}/tasks &&
    head -c 50000000 /dev/zero > cgroup.out; echo 0 > ${CGROUP}/tasks; echo ready; read go; rmdir ${CGROUP}/${name}`;
  const shell = spawn('sh', ['-c', script], { cwd: desk.folder, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(shell.stdout, 'data');
  const child = desk.start(['record', '-o', 'cgroup.memcg', '--cgroup', `${CGROUP}/${name}`, '-q']);
  const ended = endOf(child);
  await vi.waitUntil(() => existsSync(desk.path('cgroup.memcg')), SLOWEST);
  shell.stdin.end('go\n');
  expect(await ended).toEqual({ status: 0, stdout: '', stderr: '' });
  const { result, read } = await replayed(desk.path('cgroup.memcg'));
  expect(result.error).toBeNull();
  // What it holds at the beginning is read first.
  expect(read).toBeGreaterThan(45e6);
});
