import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, connect } from '../../src/session/client.ts';
import { frame } from '../../src/session/framing.ts';
import type { Executed } from '../../src/session/protocol.ts';
import { SessionError } from '../../src/session/session-error.ts';

/** The built server, and what can go wrong around it. */

let folder = '';
const SESSION = 'faults';
const opened = new Set<Client>();

beforeEach(() => {
  // Short: the path of a socket has 107 bytes.
  folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'run'));
  process.env['XDG_RUNTIME_DIR'] = join(folder, 'run');
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
});

afterEach(async () => {
  for (const client of opened) client.close();
  opened.clear();
  try {
    const client = await connect({ session: SESSION, boot: 'never' });
    await client.request('down', {});
    await client.closed;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function client(): Promise<Client> {
  const connected = await connect({ session: SESSION, boot: 'if-needed' });
  opened.add(connected);
  return connected;
}

const PROGRAM = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));

/** The program, run by this Node after these words of a shell. */
const shell = (before: string, ...words: string[]) =>
  spawnSync(
    'bash',
    ['-c', `${before}; exec "$@"`, 'bash', process.execPath, PROGRAM, '--session', SESSION, ...words],
    {
      encoding: 'utf8',
    },
  );

const obey = (to: Client, line: string): Promise<Executed> =>
  to.request('execute', { line, group: '/default', directory: '/', input: null });

async function cgroups(): Promise<string[]> {
  const inspected = await (await client()).request('inspect', {});
  return inspected.cgroups.map(({ path }) => path);
}

const socketPath = (): string => join(folder, 'run', 'memcg', `${SESSION}.sock`);

/** What a server says to these bytes, until it hangs up, or has said this. */
function sent(bytes: Buffer, until: string | null = null): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(socketPath());
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
      if (until !== null && text.includes(until)) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}

describe('a server', () => {
  test('is booted once by many who come first', async () => {
    const pids = await Promise.all(Array.from({ length: 5 }, async () => (await client()).server.pid));
    expect(new Set(pids).size).toBe(1);
  }, 30_000);

  test('that is killed again and again while eight write has lost nothing that it acknowledged', async () => {
    const rounds = 5;
    const acknowledged: string[] = [];
    let killed = 0;
    const writer = async (name: string): Promise<void> => {
      for (let i = 0; killed < rounds; ) {
        let mine: Client;
        try {
          mine = await connect({ session: SESSION, boot: 'if-needed' });
        } catch (error) {
          if (error instanceof SessionError) continue;
          throw error;
        }
        try {
          for (; killed < rounds; ) {
            const cgroup = `/${name}-${i++}`;
            const { failure } = await obey(mine, `mkdir ${cgroup}`);
            if (failure === null) acknowledged.push(cgroup);
          }
        } catch (error) {
          if (!(error instanceof SessionError)) throw error;
        }
        mine.close();
      }
    };
    const killer = async (): Promise<void> => {
      for (; killed < rounds; killed += 1) {
        const { pid } = (await client()).server;
        const before = acknowledged.length;
        while (acknowledged.length < before + 100) await new Promise((resolve) => setTimeout(resolve, 1));
        process.kill(pid, 'SIGKILL');
        for (const each of opened) await each.closed;
        opened.clear();
      }
    };
    await Promise.all([killer(), ...Array.from({ length: 8 }, (_, i) => writer(`w${i}`))]);
    const there = new Set(await cgroups());
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds * 100);
    expect(acknowledged.filter((each) => !there.has(each))).toEqual([]);
  }, 60_000);

  test('is at no earlier virtual time than it said before it was killed', async () => {
    const first = await client();
    const { virtual_ns: told } = await obey(first, 'cat usage_in_bytes');
    process.kill(first.server.pid, 'SIGKILL');
    await first.closed;
    const { virtual_ns: now } = await (await client()).request('status', {});
    expect(now).toBeGreaterThanOrEqual(told);
  }, 30_000);

  test('cuts off a torn line, and says so to one client', async () => {
    const first = await client();
    await obey(first, 'mkdir web');
    process.kill(first.server.pid, 'SIGKILL');
    await first.closed;
    const journal = join(folder, 'state', 'memcg', SESSION, 'journal');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}12345678 5 mkd`);
    expect((await client()).server.notices).toEqual([expect.stringMatching(/journal are damaged/)]);
    expect((await client()).server.notices).toEqual([]);
    expect(await cgroups()).toContain('/web');
    expect(readdirSync(join(folder, 'state', 'memcg', SESSION))).toContain('journal.damaged');
  }, 30_000);
});

describe('what stands in the way is named in one sentence', () => {
  const kept = (name: string): string => join(folder, 'state', 'memcg', SESSION, name);

  test.each([
    [
      'a folder where the journal goes',
      () => mkdirSync(kept('journal'), { recursive: true }),
      /journal is in the way: it is no file/,
    ],
    [
      'a FIFO where the journal goes',
      () => {
        mkdirSync(kept(''), { recursive: true });
        spawnSync('mkfifo', [kept('journal')]);
      },
      /journal is in the way: it is no file/,
    ],
    [
      'a folder where the log goes',
      () => {
        mkdirSync(join(folder, 'run', 'memcg'), { mode: 0o700 });
        mkdirSync(join(folder, 'run', 'memcg', `${SESSION}.log`));
      },
      /EISDIR: illegal operation on a directory, open '\S+\.log'/,
    ],
  ])(
    '%s',
    (_, prepare, sentence) => {
      prepare();
      const { status, stderr } = shell('true', 'cat', 'usage_in_bytes');
      expect(stderr).toMatch(sentence);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(status).toBe(3);
    },
    30_000,
  );

  test('a folder that is called like a save state is no save state', async () => {
    mkdirSync(kept('state-0000000000000007'), { recursive: true });
    await client();
    expect(await cgroups()).toEqual(['/', '/default']);
  }, 30_000);

  test.each([
    [
      'a limit of 20 open files',
      'ulimit -n 20',
      /^memcg: too many files are open: raise the limit \(ulimit -n\)\n$/,
    ],
    [
      'Node.js without WebAssembly',
      'export NODE_OPTIONS=--jitless',
      /^memcg: Node\.js has no WebAssembly here, .*--jitless\n$/m,
    ],
  ])(
    '%s',
    (_, before, sentence) => {
      const { status, stderr } = shell(before, 'up');
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toContain('    at ');
      expect(status).toBe(3);
    },
    30_000,
  );

  test.skipIf(process.getuid?.() !== 0)(
    'a runtime folder that can not be read (told only to root)',
    () => {
      mkdirSync(join(folder, 'locked'), { mode: 0o700 });
      mkdirSync(join(folder, 'locked', 'run'));
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'cat', 'usage_in_bytes'], {
        env: { ...process.env, XDG_RUNTIME_DIR: join(folder, 'locked', 'run') },
        uid: 65534,
        gid: 65534,
        encoding: 'utf8',
      });
      expect(stderr).toMatch(/^memcg: XDG_RUNTIME_DIR: \S+: permission denied\n$/);
      expect(status).toBe(3);
    },
    30_000,
  );
});

test('a bit that flipped in a part of the journal that a save state covers is told by export, save and status', async () => {
  const first = await client();
  await obey(first, 'mkdir web');
  await obey(first, 'mkdir later');
  await first.request('down', {});
  await first.closed;
  const journal = join(folder, 'state', 'memcg', SESSION, 'journal');
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('mkdir /web', 'mkdir /wfb'));
  expect(shell('true', 'ls', '/').stderr).toMatch(/line \d+ of \S+journal is damaged/);
  for (const words of [['export'], ['save', join(folder, 'saved')], ['fork', 'other']]) {
    const { status, stdout, stderr } = shell('true', ...words);
    expect([words[0], status, stdout]).toEqual([words[0], 3, '']);
    expect(stderr).toMatch(/^memcg: line \d+ of \S+journal is damaged: .* can't be saved or exported\n$/);
  }
  expect(shell('true', 'status').stdout).toMatch(/^ *damaged +line \d+ of \S+journal is damaged/m);
  expect(existsSync(join(folder, 'saved'))).toBe(false);
  expect(await cgroups()).toEqual(['/', '/default', '/web', '/later']);
}, 30_000);

describe('who boots a server', () => {
  test('keeps nothing open in it: a lock is free again, and a pipe ends', async () => {
    const lock = join(folder, 'lock');
    // All that it writes is to this pipe, which ends with the last who holds it.
    const { status, stdout } = shell(`exec 63>&1 200>${lock} 251<${process.execPath}; flock 200`, 'up');
    expect(stdout).toBe('');
    expect(status).toBe(0);
    expect(spawnSync('flock', ['-n', lock, 'true']).status).toBe(0);
    const { pid } = (await client()).server;
    const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    expect(open.filter((path) => path === lock || path === process.execPath)).toEqual([]);
  }, 30_000);

  test('may be killed before it is up: it comes up all the same', async () => {
    const booting = spawn(process.execPath, [PROGRAM, '--session', SESSION, 'up'], { stdio: 'ignore' });
    const lock = join(folder, 'run', 'memcg', `${SESSION}.lock`);
    while (!existsSync(lock)) await new Promise((resolve) => setTimeout(resolve, 1));
    booting.kill('SIGKILL');
    expect((await (await client()).request('status', {})).commands).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'run', 'memcg', `${SESSION}.log`), 'utf8')).toBe('');
  }, 30_000);

  test('waits for one who has too many before it to take in', async () => {
    mkdirSync(join(folder, 'run', 'memcg'), { mode: 0o700 });
    // Listens, looks at nobody until it is told to, and then knows one answer.
    const busy = spawn(process.execPath, [
      '-e',
      `
      const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { protocol: 1, version: 'x', pid: 1, session: '${SESSION}', notices: [] } });
      require('net').createServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', () => socket.write('Content-Length: ' + answer.length + '\\r\\n\\r\\n' + answer));
      }).listen({ path: ${JSON.stringify(socketPath())}, backlog: 1 }, () => {
        require('fs').writeSync(1, 'listens');
        require('fs').readSync(0, Buffer.alloc(1));
      });`,
    ]);
    await new Promise((resolve) => busy.stdout.once('data', resolve));
    const others: Socket[] = [];
    const refused = new Promise<string>((resolve) => {
      const more = (): void => {
        const other = createConnection(socketPath());
        others.push(other);
        other.once('connect', more);
        other.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      };
      more();
    });
    expect(await refused).toBe('EAGAIN');
    const waiting = connect({ session: SESSION, boot: 'never' });
    busy.stdin.write('x');
    const connected = await waiting;
    expect(connected.server.version).toBe('x');
    connected.close();
    for (const other of others) other.destroy();
    busy.kill();
    await new Promise((resolve) => busy.once('close', resolve));
  }, 30_000);
});

describe('one session given up for another', () => {
  test('is saved, loaded, forked and reset while others are connected', async () => {
    const first = await client();
    const other = await client();
    await obey(first, 'mkdir web');
    const path = join(folder, 'saved');
    await first.request('save', { path });
    await obey(first, 'mkdir later');
    await first.request('fork', { name: 'forked' });
    await first.request('reset', {});
    expect((await other.request('inspect', {})).cgroups.map((each) => each.path)).toEqual(['/', '/default']);
    await other.request('load', { path });
    expect(await cgroups()).toEqual(['/', '/default', '/web']);
    const forked = await connect({ session: 'forked', boot: 'if-needed' });
    const names = (await forked.request('inspect', {})).cgroups.map((each) => each.path);
    await forked.request('down', {});
    await forked.closed;
    expect(names).toEqual(['/', '/default', '/web', '/later']);
    await expect(first.request('load', { path: join(folder, 'nothing') })).rejects.toThrow(/ENOENT/);
    await expect(first.request('fork', { name: '../x' })).rejects.toThrow(
      /no session’s name|no session's name/,
    );
    expect(await cgroups()).toEqual(['/', '/default', '/web']);
  }, 30_000);

  test('is there again when the other can not be booted', async () => {
    const first = await client();
    await obey(first, 'mkdir web');
    const boot = join(folder, 'boot.memcg');
    writeFileSync(boot, 'mkdir a/b/c\n');
    await expect(first.request('reset', { boot })).rejects.toThrow(/the boot script: .*ENOENT/);
    await obey(first, 'mkdir later');
    expect(await cgroups()).toEqual(['/', '/default', '/web', '/later']);
  }, 30_000);

  test('interrupts what clients wait for, and goes at once', async () => {
    const first = await client();
    const other = await client();
    await obey(first, 'spawn a');
    const running = obey(first, 'run a sleep 1h');
    const waiting = obey(first, 'wait 1h');
    // Answered behind the two, on the same connection: so the server has both in hand.
    await obey(first, 'cat usage_in_bytes');
    await other.request('reset', {});
    expect((await running).failure?.kind).toBe('interrupted');
    expect((await waiting).failure?.kind).toBe('interrupted');
  }, 30_000);
});

describe('on the socket', () => {
  const hello = frame({ jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1, version: 'x' } });

  test.each([
    ['garbage', Buffer.from('\x16\x03\x01\x02\x00\x01\x00')],
    ['HTTP', Buffer.from('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}')],
    [
      'a message of 100 MB',
      Buffer.concat([hello, Buffer.from('Content-Length: 100000000\r\n\r\n'), Buffer.alloc(1 << 20, 'x')]),
    ],
    ['no JSON', Buffer.from('Content-Length: 3\r\n\r\n{"a')],
    ['JSON that is no request', frame([1, 2, 3])],
    ['an answer that nobody asked for', frame({ jsonrpc: '2.0', id: 7, result: 1 })],
  ])(
    '%s is refused, and the others go on',
    async (_, bytes) => {
      const other = await client();
      const half = createConnection(socketPath());
      half.write(frame({ jsonrpc: '2.0', id: 1, method: 'hello' }).subarray(0, 30));
      const answer = await sent(bytes);
      expect(answer).toContain('"error"');
      expect((await obey(other, 'cat usage_in_bytes')).failure).toBe(null);
      half.destroy();
    },
    30_000,
  );

  test('halves of messages cost little, however many come with them', async () => {
    const other = await client();
    const { rss_bytes: before } = await other.request('status', {});
    const half = Buffer.concat([
      Buffer.from(`Content-Length: ${8 << 20}\r\n\r\n`),
      Buffer.alloc((8 << 20) - 1, 32),
    ]);
    const answers: string[] = [];
    const sockets = Array.from({ length: 80 }, () => createConnection(socketPath()));
    for (const socket of sockets) {
      socket.on('data', (data) => answers.push(data.toString()));
      socket.on('error', () => {});
    }
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve).write(half, resolve))),
    );
    const { rss_bytes: after } = await other.request('status', {});
    // 640 MiB were sent: what is kept of them is 32, and what else there is has not been collected yet.
    expect(after - before).toBeLessThan(192 << 20);
    expect(answers.join('')).toContain('too many messages of which only a part has come');
    expect((await obey(other, 'cat usage_in_bytes')).failure).toBe(null);
    for (const socket of sockets) socket.destroy();
  }, 60_000);

  test.each([
    ['a method that there is not', 'nothing', {}, -32601],
    [
      'parameters of another type',
      'execute',
      { line: 5, group: '/default', directory: '/', input: null },
      -32602,
    ],
    ['a speed below 0', 'speed', { speed: -1 }, -32602],
    ['a path that is relative', 'save', { path: 'x' }, -32602],
  ])(
    '%s is answered by an error',
    async (_, method, params, code) => {
      await client();
      const wrong = frame({ jsonrpc: '2.0', id: 2, method, params });
      expect(await sent(Buffer.concat([hello, wrong]), '"error"')).toContain(`"code":${code}`);
    },
    30_000,
  );
});

describe('the folder of the sockets', () => {
  test('and the socket are nobody else’s', async () => {
    await client();
    expect(statSync(join(folder, 'run', 'memcg')).mode & 0o777).toBe(0o700);
    expect(statSync(socketPath()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'state', 'memcg', SESSION)).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'state', 'memcg', SESSION, 'journal')).mode & 0o777).toBe(0o600);
  }, 30_000);

  test.skipIf(process.getuid?.() !== 0)(
    'keeps another user out (told only to root)',
    async () => {
      await client();
      const paths = JSON.stringify([socketPath(), join(folder, 'state', 'memcg', SESSION, 'journal')]);
      const script = `
      const [socket, journal] = ${paths};
      try { require('fs').readFileSync(journal); console.log('read'); } catch (error) { console.log(error.code); }
      require('net').connect(socket).on('connect', () => console.log('connected')).on('error', (error) => console.log(error.code));`;
      const { stdout } = spawnSync(process.execPath, ['-e', script], {
        uid: 65534,
        gid: 65534,
        encoding: 'utf8',
      });
      expect(stdout.trim().split('\n')).toEqual(['EACCES', 'EACCES']);
    },
    30_000,
  );

  test('is refused when it is a link, or open to others', async () => {
    mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'run', 'memcg'));
    await expect(client()).rejects.toThrow(/is a link/);
    rmSync(join(folder, 'run', 'memcg'));
    mkdirSync(join(folder, 'run', 'memcg'));
    chmodSync(join(folder, 'run', 'memcg'), 0o755);
    await expect(client()).rejects.toThrow(/is open to other users/);
  });

  test('holds somebody’s file where the socket goes: it is left alone, and named', async () => {
    mkdirSync(join(folder, 'run', 'memcg'), { mode: 0o700 });
    writeFileSync(socketPath(), 'mine');
    await expect(client()).rejects.toThrow(/is in the way/);
    expect(readFileSync(socketPath(), 'utf8')).toBe('mine');
  });

  test('may hold a socket and a lock that a dead server left', async () => {
    const first = await client();
    process.kill(first.server.pid, 'SIGKILL');
    await first.closed;
    expect(lstatSync(socketPath()).isSocket()).toBe(true);
    const second = await client();
    expect(second.server.pid).not.toBe(first.server.pid);
  }, 30_000);
});

describe('a disk that is full', () => {
  const mounted = (path: string): boolean => {
    mkdirSync(path);
    return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path]).status === 0;
  };

  test('ends the server, not what it acknowledged', async ({ skip }) => {
    const disk = join(folder, 'disk');
    if (!mounted(disk)) skip('NOT TESTED: a tmpfs can not be mounted here');
    process.env['XDG_STATE_HOME'] = disk;
    try {
      const first = await client();
      await obey(first, 'mkdir before');
      const free = (): number =>
        Number(spawnSync('df', ['--output=avail', '-B1', disk], { encoding: 'utf8' }).stdout.split('\n')[1]);
      writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, free() - 4096)));
      const acknowledged = ['/before'];
      const refused = await (async (): Promise<unknown> => {
        for (let i = 0; i < 1000; i += 1) {
          const cgroup = `/${'x'.repeat(200)}${i}`;
          const { failure } = await obey(first, `mkdir ${cgroup}`);
          if (failure !== null) return failure;
          acknowledged.push(cgroup);
        }
        return null;
      })().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(SessionError);
      expect((refused as SessionError).exit).toBe(3);
      rmSync(join(disk, 'filler'));
      const there = await cgroups();
      expect(acknowledged.filter((each) => !there.includes(each))).toEqual([]);
    } finally {
      const client = await connect({ session: SESSION, boot: 'never' }).catch(() => null);
      await client?.request('down', {}).catch(() => {});
      await client?.closed;
      spawnSync('umount', ['-l', disk]);
    }
  }, 60_000);
});
