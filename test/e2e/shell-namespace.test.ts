import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownCopy } from '../support/own-copy.ts';
import { hasDevicesOfOurOwn, hasPrograms, hasShell } from './namespaces.ts';
import { type Ended, Sandbox } from './shells.ts';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = new Sandbox();
});
afterAll(() => sandbox.remove());

/** A script of sh on a machine of its own; `options` as on the command line. */
function inShell(options: string, script: string, shell = 'sh'): Ended {
  writeFileSync(join(sandbox.folder, 'script'), script);
  return sandbox.run('sh', `memcg shell ${options} -- ${shell} ./script`);
}

const leftBehind = (): string[] => [
  ...readdirSync(join(sandbox.folder, 'run', 'memcg')).filter((name) => name.startsWith('shell-')),
  ...(existsSync(join(sandbox.folder, 'state', 'memcg'))
    ? readdirSync(join(sandbox.folder, 'state', 'memcg')).filter((name) => name.startsWith('shell-'))
    : []),
  ...readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('shell-')),
];

/**
 * The session of the kernel's Documentation/controllers/memory.txt (2.6.26), section 3, as it is typed
 * there, but for the place of the mount point: the user's own.
 */
const mountIt = 'mkdir -p cgroups\nmount -t cgroup none cgroups -o memory\n';
const MEMORY_TXT = `${mountIt}
mkdir cgroups/0
echo $$ > cgroups/0/tasks
echo 4M > cgroups/0/memory.limit_in_bytes; echo "limit: $?"
cat cgroups/0/memory.limit_in_bytes
`;
/** What follows when the limit was taken. */
const THE_REST = `
cat cgroups/0/memory.usage_in_bytes
cat cgroups/0/memory.failcnt
cat cgroups/0/memory.stat | head -1
echo 1 > cgroups/0/memory.limit_in_bytes
cat cgroups/0/memory.limit_in_bytes
echo 1G > cgroups/0/memory.limit_in_bytes
echo 1 > cgroups/0/memory.force_empty; echo "busy: $?"
rmdir cgroups/0; echo "busy: $?"
echo $$ > cgroups/tasks
echo 1 > cgroups/0/memory.force_empty; echo "emptied: $?"
cat cgroups/0/memory.usage_in_bytes
rmdir cgroups/0; echo "gone: $?"
umount cgroups
rmdir cgroups
`;

describe.skipIf(!hasShell)('the session of memory.txt', () => {
  test('runs as it is on a kernel without the series', () => {
    const { stdout, stderr, status } = inShell('--wmarks off', MEMORY_TXT + THE_REST);
    const [taken, limit, usage, failcnt, stat, least, ...rest] = stdout.split('\n');
    expect([taken, limit, failcnt, least]).toEqual(['limit: 0', '4194304', '0', '4096']);
    expect(Number(usage)).toBeGreaterThan(0);
    expect(Number(usage)).toBeLessThan(4194304);
    expect(stat).toMatch(/^cache \d+$/);
    expect(rest).toEqual(['busy: 1', 'busy: 1', 'emptied: 0', '0', 'gone: 0', '']);
    expect(stderr).toMatch(/rmdir: .*Device or resource busy/);
    expect(status).toBe(0);
  });

  test('meets EINVAL at the limit on one with it, as high and low stand above', () => {
    const { stdout, stderr } = inShell('', MEMORY_TXT, 'bash');
    expect(stdout.split('\n')).toEqual(['limit: 1', '9223372036854775807', '']);
    expect(stderr).toMatch(/echo: write error: Invalid argument/);
  });

  test('runs there too when low and high are set first', () => {
    const marks =
      'echo 2M > cgroups/0/memory.low_wmark_in_bytes\necho 3M > cgroups/0/memory.high_wmark_in_bytes\n';
    const script = MEMORY_TXT.replace('echo 4M', `${marks}echo 4M`);
    const { stdout } = inShell(
      '',
      `${script}echo $$ > cgroups/tasks; rmdir cgroups/0; echo "gone: $?"`,
      'bash',
    );
    expect(stdout.split('\n')).toEqual(['limit: 0', '4194304', 'gone: 0', '']);
  });
});

const TOOLS =
  'lssubsys lscgroup cgcreate cgset cgget cgexec cgclassify cgsnapshot cgdelete cgconfigparser cgclear';

describe.skipIf(!hasShell || !hasPrograms(...TOOLS.split(' ')))("Debian's cgroup-tools", () => {
  const SESSION = `
exec 2>&1
lssubsys -m
cgcreate -g memory:web -g memory:web/db
lscgroup
cgset -r memory.limit_in_bytes=64M web
cgset --copy-from web web/db
cgget -r memory.limit_in_bytes web/db
cgget -n -v -r memory.failcnt web
cgexec -g memory:web sh -c 'grep -x $$ /sys/fs/cgroup/memory/web/tasks >/dev/null && echo in web'
sleep 60 &
cgclassify -g memory:web/db $!
grep -cx $! /sys/fs/cgroup/memory/web/db/tasks
cgdelete -g memory:web/db && echo deleted with its tasks
grep -cx $! /sys/fs/cgroup/memory/web/tasks
kill $!; wait
: > deny
cgsnapshot -s -b deny memory | grep -c 'memory.limit_in_bytes="67108864"'
cgdelete -r memory:web
echo 'group made { memory { memory.limit_in_bytes = 32M; } }' > conf
cgconfigparser -l conf
cgget -n -v -r memory.limit_in_bytes made
cgclear
lscgroup
`;
  const EXPECTED = `memory /sys/fs/cgroup/memory
memory:/
memory:/web
memory:/web/db
web/db:
memory.limit_in_bytes: 67108864

0
in web
1
deleted with its tasks
1
1
33554432
memory:/
`;

  test('work, every one that can', () => {
    expect(inShell('--wmarks off', SESSION).stdout).toBe(EXPECTED);
  });

  describe.skipIf(!hasDevicesOfOurOwn)('for a user without rights', () => {
    test('work too, where the FUSE device is open to everybody', () => {
      const { stdout, stderr } = asUser(0o666);
      expect(stderr).toBe('');
      expect(stdout).toBe(EXPECTED);
    });

    test('are refused in one sentence, where the FUSE device is closed', () => {
      expect(asUser(0o600)).toEqual({
        status: 3,
        stdout: '',
        stderr:
          'memcg: shell: /dev/fuse: it is closed to you: run as root, or have root open it (chmod 666 /dev/fuse)\n',
      });
    });

    /** Runs SESSION in `memcg shell` as nobody, with a /dev/fuse of this mode. */
    function asUser(mode: number): Ended {
      const home = join(sandbox.folder, 'user');
      for (const name of ['', 'run', 'state']) mkdirSync(join(home, name), { mode: 0o700, recursive: true });
      writeFileSync(join(home, 'script'), SESSION);
      for (const name of ['', 'run', 'state', 'script']) chownSync(join(home, name), 65534, 65534);
      chmodSync(sandbox.folder, 0o711);
      chmodSync(join(sandbox.folder, 'bin'), 0o755);
      return sandbox.run(
        'sh',
        `cd user && unshare --mount sh -c '
           [ -e ../fuse ] || mknod ../fuse c 10 229
           chmod ${mode.toString(8)} ../fuse && mount --bind ../fuse /dev/fuse &&
           XDG_RUNTIME_DIR=$PWD/run XDG_STATE_HOME=$PWD/state HOME=$PWD \
           setpriv --reuid 65534 --regid 65534 --clear-groups memcg shell --wmarks off -- sh ./script'`,
      );
    }
  });
});

/** Takes 20 MB in the cgroup, then gives them back. */
const ALLOCATING: [string, string][] = [
  [
    'python3',
    'python3 -c \'\nu=lambda: int(open("memory.usage_in_bytes").read())\na=u(); x=b"x"*20000000; b=u(); del x; print(a,b,u())\'',
  ],
  [
    'perl',
    'perl -e \'sub u { open my $f, "memory.usage_in_bytes"; return 0+<$f> } $a=u(); $x="x"x20000000; $b=u(); undef $x; print "$a $b ".u()."\\n"\'',
  ],
  [
    'node',
    // V8 gives a buffer's memory back in a thread of its own, some time after gc().
    'node --expose-gc -e \'u=()=>Number(require("fs").readFileSync("memory.usage_in_bytes"));a=u();x=Buffer.alloc(2e7,1);b=u();x=null;gc();for(end=Date.now()+9e3;u()>a+3e6&&Date.now()<end;);console.log(a,b,u())\'',
  ],
];

describe.skipIf(!hasShell)('real memory', () => {
  test.each(ALLOCATING.filter(([program]) => hasPrograms(program)))(
    'of %s shows within 5 %, goes, and lets the cgroup go',
    (name, program) => {
      ownCopy(name, join(sandbox.folder, 'bin'));
      const script = `cd /sys/fs/cgroup/memory && mkdir 0 && cd 0 && (echo 0 > tasks; ${program}); wc -l < tasks; cat memory.usage_in_bytes; cd .. && rmdir 0 && echo gone`;
      const { stdout, stderr } = inShell('', script, 'bash');
      const [measured, tasks, left, gone] = stdout.split('\n');
      const [before, during, after] = (measured ?? '').split(' ').map(Number);
      expect(stderr).toBe('');
      expect(during - before).toBeGreaterThan(19e6);
      expect(during - before).toBeLessThan(21e6);
      expect(after - before).toBeLessThan(3e6);
      expect([tasks, left, gone]).toEqual(['0', '0', 'gone']);
    },
  );

  test('that the limit has no room for is said, and nobody is killed', () => {
    const script = `cd /sys/fs/cgroup/memory && mkdir 0 && echo 2M > 0/memory.limit_in_bytes && echo $$ > 0/tasks
python3 -c 'x=b"x"*20000000; print(open("0/memory.usage_in_bytes").read(), int(open("0/memory.failcnt").read()) > 0)'
echo "status $?"`;
    const { stdout, stderr } = inShell('--wmarks off', script);
    expect(stdout).toMatch(/^\d+\n True\nstatus 0\n$/);
    expect(stderr).toMatch(
      /^memcg: python3 \(pid \d+\) holds \d+ KiB more than \/0 has room for: a kernel would have/,
    );
  });
});

describe.skipIf(!hasShell)('memcg shell', () => {
  test.each([
    ['true', 0],
    ["sh -c 'exit 7'", 7],
    ["sh -c 'kill -TERM $$'", 143],
    ["sh -c 'kill -9 $$'", 137],
    ['/nowhere/nothing', 127],
    ['/etc/passwd', 126],
  ])('ends as its command does: %s', (command, status) => {
    expect(sandbox.run('sh', `memcg shell -- ${command}`).status).toBe(status);
  });

  test.each([
    ['shell --', '-- is followed by a command'],
    ['shell nonsense -- true', "'nonsense' is not OPTION=VALUE"],
    ['shell --session shared cpus=2 -- true', 'a session that is shared has its options already'],
  ])('memcg %s is wrong usage', (line, said) => {
    const { status, stderr } = sandbox.run('sh', `memcg ${line}`);
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  test('shows a kernel that has just mounted the hierarchy: the root, its files, and nothing real', () => {
    const script =
      'ls /sys/fs/cgroup; ls /sys/fs/cgroup/memory; head -n 2 /proc/cgroups | cut -f 1,3-; grep cgroup2 /proc/mounts';
    expect(inShell('extras=off --wmarks off', script).stdout).toBe(
      'memory\nmemory.failcnt\nmemory.force_empty\nmemory.limit_in_bytes\nmemory.max_usage_in_bytes\n' +
        'memory.stat\nmemory.usage_in_bytes\nnotify_on_release\nrelease_agent\ntasks\n' +
        '#subsys_name\tnum_cgroups\tenabled\nmemory\t1\t1\n',
    );
  });

  test('has a root that is busy for who removes or renames it, and room for nothing beside it', () => {
    const { stderr } = inShell(
      '',
      'cd /sys/fs/cgroup; export LC_ALL=C; rmdir memory; mv memory other; mkdir other',
    );
    expect(stderr.split('\n').map((line) => line.replace(/.*: /, ''))).toEqual([
      'Device or resource busy',
      'Device or resource busy',
      'No space left on device',
      '',
    ]);
  });

  test('takes the options of a machine, and is a session for memcg inside', () => {
    const script =
      'mkdir /sys/fs/cgroup/memory/web; memcg cat web/limit_in_bytes; memcg cat web/tasks; memcg ls';
    const { stdout } = inShell(
      '--wmarks off extras=off',
      `${script}; echo $$ > /sys/fs/cgroup/memory/web/tasks; memcg ps`,
    );
    expect(stdout).toMatch(/^9223372036854775807\nweb\/\n/);
    expect(stdout).toMatch(/^ *\d+ +sh +\/web /m);
  });

  test('shares the machine of a session, and goes on without it when that ends', () => {
    const script = `cd /sys/fs/cgroup/memory; mkdir web; memcg mkdir db; ls -d db web default
echo 48M > web/memory.low_wmark_in_bytes; sleep 60 >/dev/null 2>&1 & echo $! > web/tasks; memcg cat web/low_wmark_in_bytes
memcg ps | grep -c ' /web '; ls /proc/$!/task | wc -l; (memcg rmdir web; memcg down) 2>&1; ls -A /sys/fs/cgroup/memory 2>&1 || ls -A /sys/fs/cgroup/memory; kill $!`;
    writeFileSync(join(sandbox.folder, 'script'), script);
    const { stdout, stderr } = sandbox.run(
      'sh',
      'memcg shell --session shared -- sh ./script; memcg --session shared ls',
    );
    expect(stdout).toMatch(/^db\ndefault\nweb\n50331648\n(\d+)\n\1\nmemcg: rmdir web: EBUSY/);
    expect(stdout).toMatch(/^db\/\nweb\/\ndefault\/$/m);
    expect(stderr).toContain('session shared has ended');
  });

  test('asked for another controller than memory says that there is none', () => {
    const { stdout, stderr } = inShell('', 'mkdir c; mount -t cgroup -o cpu,memory none c; echo $?; rmdir c');
    expect(stdout).toBe('32\n');
    expect(stderr).toContain('cpu: only the memory controller is emulated here');
  });

  test('gives the same relative path another meaning when one stands in the real hierarchy', () => {
    const { stdout } = sandbox.run('sh', "cd /sys/fs/cgroup && memcg shell -- sh -c 'pwd; ls'");
    expect(stdout).toBe('/sys/fs/cgroup\nmemory\n');
  });

  test('leaves nothing, and whoever outlives it finds an empty read-only folder', async () => {
    const later = `(while [ -e /proc/$PPID ]; do sleep 0.05; done
      ls -A /sys/fs/cgroup/memory; mkdir /sys/fs/cgroup/memory/x; mkdir /sys/fs/cgroup/x; echo end) > later 2>&1 &`;
    expect(inShell('', later).status).toBe(0);
    const text = (): string => readFileSync(join(sandbox.folder, 'later'), 'utf8');
    await expect.poll(text, { timeout: 10_000 }).toMatch(/end\n$/);
    expect(text().match(/Read-only file system/g)?.length).toBe(2);
    expect(text().split('\n').length).toBe(4);
    expect(leftBehind()).toEqual([]);
  });
});

/** As many as a run of the tests has time for: MEMCG_KILLS=200 for the figure. */
const ROUNDS = Number(process.env['MEMCG_KILLS'] ?? 10);

/** Pids of processes that have this among their arguments. */
const runningWith = (mark: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });

describe.skipIf(!hasShell)('kill -9', () => {
  /** Runs a command, and tells of its pid, of what it has begun, and those of the shell's two parts. */
  const started = async () => {
    const script = 'trap "" HUP; sleep 60 & echo $$ $PPID $!; exec sleep 60';
    const outside = sandbox.start(process.execPath, [
      join(sandbox.folder, 'bin', 'memcg'),
      ...['shell', '--', 'sh', '-c', script],
    ]);
    const line = await new Promise<string>((resolve) =>
      outside.stdout?.once('data', (text) => resolve(`${text}`)),
    );
    const ended = new Promise<number | null>((resolve) => outside.once('exit', resolve));
    const [command, inside, begun] = line.split(' ').map(Number);
    return { outside, ended, command, inside, begun };
  };
  const isGone = (pid: number | undefined): boolean => !existsSync(`/proc/${pid}/exe`);

  test('of the server takes the command with it, and what that has begun', async () => {
    const { ended, command, inside, begun } = await started();
    process.kill(inside ?? 0, 'SIGKILL');
    expect(await ended).toBe(137);
    await expect.poll(() => isGone(command) && isGone(begun), { timeout: 5000 }).toBe(true);
    await expect.poll(leftBehind, { timeout: 5000 }).toEqual([]);
  });

  test('of the one outside takes both with it, and what the command has begun', async () => {
    const { outside, command, inside, begun } = await started();
    outside.kill('SIGKILL');
    await expect.poll(() => isGone(command) && isGone(inside) && isGone(begun), { timeout: 5000 }).toBe(true);
    await expect.poll(leftBehind, { timeout: 5000 }).toEqual([]);
  });

  test('of the one outside while it starts leaves nothing, at whatever moment', {
    timeout: 120_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const mark = `memcg-round-${process.pid}-${round}`;
      const outside = sandbox.start(process.execPath, [
        join(sandbox.folder, 'bin', 'memcg'),
        ...['shell', '--', 'sh', '-c', 'sleep 60; :', mark],
      ]);
      const ended = new Promise((resolve) => outside.once('exit', resolve));
      const moment = Math.round(Math.random() * 1000);
      await new Promise((resolve) => setTimeout(resolve, moment));
      outside.kill('SIGKILL');
      await ended;
      await expect
        .poll(() => [...runningWith(mark), ...leftBehind()], { timeout: 8000, message: `at ${moment} ms` })
        .toEqual([]);
    }
  });

  test('of all of them leaves nothing', async () => {
    const { outside, command, inside } = await started();
    for (const pid of [inside, outside.pid, command]) process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(leftBehind, { timeout: 5000 }).toEqual([]);
  });
});

describe.skipIf(!hasShell || !hasPrograms('script'))("the user's shell", () => {
  test.each(['bash', 'zsh', 'dash'].filter((shell) => hasPrograms(shell)))(
    '%s says in its prompt where one is',
    (shell) => {
      const typed = 'echo "$MEMCG_GROUP $0"; exit 5\n';
      const line = `SHELL=$(command -v ${shell}) script -qec 'memcg shell' /dev/null`;
      const { stdout, status } = sandbox.run('sh', line, typed);
      expect(stdout).toContain('(memcg) ');
      expect(stdout).toContain(`/ ${shell === 'dash' ? '/' : ''}`);
      expect(status).toBe(5);
    },
  );
});
