import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mountedAt } from '../../src/mount/host/mount-table.ts';
import { has } from '../support/has.ts';
import { hasFuse, hasPrograms } from './namespaces.ts';
import { installed, Sandbox } from './shells.ts';

/** The mount in the hands of programs that nobody here wrote. */

const hasPidNamespaces = has(
  'pid namespaces (unshare --pid)',
  spawnSync('unshare', ['-pf', '--mount-proc', 'true']).status === 0,
);
const canMount = hasFuse && has('the rights to mount (root)', process.getuid?.() === 0);

describe.skipIf(!canMount)('memcg mount', () => {
  let sandbox: Sandbox;
  let cg: string;
  const sh = (script: string, shell = 'sh') => sandbox.run(shell, `export LC_ALL=C; ${script}`);
  const pid = (): number => JSON.parse(sh('memcg status --json').stdout).pid;

  beforeAll(() => {
    sandbox = new Sandbox();
    cg = join(sandbox.folder, 'cg');
    mkdirSync(cg);
    expect(sh('memcg mount cg')).toEqual({ stdout: '', stderr: '', status: 0 });
  });
  afterAll(() => {
    sandbox.remove();
  });

  describe.each(installed('bash', 'dash', 'zsh', 'busybox sh'))('%s', (shell) => {
    const run = (script: string) =>
      shell === 'busybox sh' ? sh(`exec busybox sh -c '${script}'`) : sh(script, shell);

    test('makes a cgroup, sets it, reads it, is refused, removes it', () => {
      const { stdout, stderr, status } = run(`
        cd cg && mkdir s && cd s
        echo 4M > memory.low_wmark_in_bytes && echo 6M > memory.high_wmark_in_bytes
        echo 8M > memory.limit_in_bytes
        echo 16M > memory.high_wmark_in_bytes || echo refused
        read limit < memory.limit_in_bytes; echo $limit
        cat memory.high_wmark_in_bytes memory.usage_in_bytes
        cd .. && rmdir s && test ! -e s && echo gone`);
      expect(stdout).toBe('refused\n8388608\n6291456\n0\ngone\n');
      expect(stderr).toMatch(/Invalid argument|I\/O error|invalid argument|write error/i);
      expect(status).toBe(0);
    });
  });

  test.each<[string, string, string]>([
    ['cp', 'cp cg/default/memory.limit_in_bytes l && cat l', '134217728\n'],
    [
      'dd',
      'printf 120M | dd of=cg/default/memory.limit_in_bytes 2>/dev/null; cat cg/default/memory.limit_in_bytes',
      '125829120\n',
    ],
    [
      '>>',
      'echo 128M >> cg/default/memory.limit_in_bytes; cat cg/default/memory.limit_in_bytes',
      '134217728\n',
    ],
    ['tee', 'echo 0 | tee cg/default/memory.failcnt', '0\n'],
    [
      'head, wc',
      'head -c 3 cg/default/memory.limit_in_bytes; wc -c < cg/default/memory.limit_in_bytes',
      '13410\n',
    ],
    [
      'find',
      'find cg -name "*limit*" | sort',
      'cg/default/memory.limit_in_bytes\ncg/memory.limit_in_bytes\n',
    ],
    ['find by kind', 'find cg -type d | sort; find cg -empty | wc -l', 'cg\ncg/default\n0\n'],
    ['grep -r', 'grep -r 134217728 cg/default', 'cg/default/memory.limit_in_bytes:134217728\n'],
    ['tar', 'tar cf - cg 2>/dev/null | tar tf - | grep -c memory', '22\n'],
    ['ls -R, du', 'ls -R cg | grep -c tasks; du -s cg | cut -f1', '2\n0\n'],
    ['stat', 'stat -c "%a %h %s %F" cg/default cg/tasks', '755 2 0 directory\n644 1 4096 regular file\n'],
    [
      'chmod',
      'chmod 600 cg/default/tasks && stat -c %a cg/default/tasks && chmod 644 cg/default/tasks',
      '600\n',
    ],
    ['mv', 'mkdir cg/one && mv cg/one cg/two && ls -d cg/two && rmdir cg/two', 'cg/two\n'],
  ])('%s', (_, script, expected) => {
    expect(sh(script).stdout).toBe(expected);
  });

  test.skipIf(!hasPrograms('python3'))(
    'python3: calls of os, errnos, a write of 1 MiB, 1,000 open files',
    () => {
      writeFileSync(
        join(sandbox.folder, 'calls.py'),
        `
import errno, os
def fails(call, *args):
    try: call(*args)
    except OSError as error: return errno.errorcode[error.errno]
    return 'done'
os.chdir('cg')
print(fails(os.open, 'new', os.O_CREAT | os.O_WRONLY), fails(os.unlink, 'tasks'), fails(os.link, 'tasks', 't'),
      fails(os.symlink, 'a', 'b'), fails(os.mkfifo, 'p'), fails(os.mkdir, 'default'), fails(os.mkdir, 'x' * 256),
      fails(os.rmdir, 'none'), fails(os.rmdir, 'tasks'), fails(os.rename, 'tasks', 't'))
os.mkdir('p'); os.mkdir('q')
print(fails(os.rename, 'p', 'q'), fails(os.rename, 'p', 'q/p'), fails(os.setxattr, 'p', 'user.a', b'1'))
f = os.open('p/memory.low_wmark_in_bytes', os.O_RDWR)
print(os.write(f, b'64M' + b' ' * ((1 << 20) - 4099)), os.pread(f, 100, 0), os.pread(f, 3, 4), os.lseek(f, 0, os.SEEK_SET))
print(fails(os.write, f, b'1.5M'), fails(os.fsync, f), os.fstat(f).st_size)
os.rmdir('p')
print(fails(os.read, f, 10), fails(os.write, f, b'1'))
files = [os.open('q/tasks', os.O_RDONLY) for _ in range(1000)]
q = os.open('q', os.O_RDONLY)
print(len(files)); os.rmdir('q'); print(fails(os.read, files[0], 1))
print(fails(lambda: os.open('tasks', os.O_RDONLY, dir_fd=q)), fails(lambda: os.mkdir('r', dir_fd=q)), fails(os.rmdir, '../cg'), fails(os.rename, '../cg', '../moved'))
os.mkdir(b'\\xff\\n'); print(os.listdir(b'.')[0]); os.rmdir(b'\\xff\\n')
`,
      );
      expect(sh('python3 calls.py')).toEqual({
        stdout: [
          'EACCES EPERM EPERM EPERM EPERM EEXIST ENAMETOOLONG ENOENT ENOTDIR ENOTDIR',
          'EEXIST EIO ENOTSUP',
          "1044480 b'67108864\\n' b'886' 0",
          'EINVAL EINVAL 4096',
          'ENODEV ENODEV',
          '1000',
          'ENODEV',
          'ENOENT ENOENT EBUSY EBUSY',
          "b'\\xff\\n'",
          '',
        ].join('\n'),
        stderr: '',
        status: 0,
      });
    },
  );

  test.skipIf(!hasPrograms('perl'))('perl: sysopen, sysread, syswrite, opendir, and 64 at once', () => {
    const script = `
      use Fcntl; chdir "cg";
      for my $i (1..64) { next if fork; 
        for (1..20) { mkdir "d$i" or die $!; 
          sysopen(F, "d$i/memory.low_wmark_in_bytes", O_RDWR) or die $!; syswrite(F, "\${i}M") == length("\${i}M") or die $!;
          sysseek(F, 0, 0); sysread(F, my $t, 100); $t == $i << 20 or die "$i: $t"; close F; rmdir "d$i" or die $!; } exit 0; }
      my $bad = 0; while (wait() > 0) { $bad++ if $?; } opendir(D, "."); my @d = grep { /^d\\d/ } readdir D; print "$bad ", scalar(@d), "\\n";`;
    writeFileSync(join(sandbox.folder, 'calls.pl'), script);
    expect(sh('perl calls.pl')).toEqual({ stdout: '0 0\n', stderr: '', status: 0 });
  });

  describe('who copies by sendfile or splice gets the text', () => {
    const FILE = 'cg/default/memory.limit_in_bytes';

    test.skipIf(!hasPrograms('busybox')).each<[string, string, string]>([
      ['cat', `busybox cat ${FILE}`, '134217728\n'],
      ['cp', `busybox cp ${FILE} copied; cat copied`, '134217728\n'],
      ['wc', `busybox wc -c < ${FILE}`, '10\n'],
      ['tail', `busybox tail -n 1 ${FILE}`, '134217728\n'],
      ['cat of what was just truncated', 'true > cg/failcnt; busybox cat cg/failcnt', '0\n'],
      ['cat after a write that was refused', `echo x > ${FILE}; busybox cat ${FILE}`, '134217728\n'],
    ])('busybox %s', (_, script, expected) => {
      expect(sh(script.replaceAll('cg/failcnt', 'cg/memory.failcnt')).stdout).toBe(expected);
    });

    test.skipIf(!hasPrograms('python3'))('python3: shutil.copyfile; sendfile itself says EINVAL', () => {
      const script = `
import errno, os, shutil
shutil.copyfile('${FILE}', 'copied')
print(open('copied').read(), end='')
out = os.open('copied', os.O_WRONLY)
try: print(os.sendfile(out, os.open('${FILE}', os.O_RDONLY), 0, 100))
except OSError as error: print(errno.errorcode[error.errno])
`;
      writeFileSync(join(sandbox.folder, 'copy.py'), script);
      expect(sh('python3 copy.py')).toEqual({ stdout: '134217728\nEINVAL\n', stderr: '', status: 0 });
    });

    test.skipIf(!hasPrograms('java'))(
      'java: Files.copy, readString, InputStream.transferTo',
      () => {
        writeFileSync(
          join(sandbox.folder, 'Copy.java'),
          `import java.nio.file.*;
public class Copy {
  public static void main(String[] words) throws Exception {
    Path from = Path.of("${FILE}"), to = Path.of("copied");
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    System.out.print(Files.readString(to) + Files.readString(from));
    try (var in = Files.newInputStream(from)) { in.transferTo(System.out); }
  }
}`,
        );
        expect(sh('java Copy.java').stdout).toBe('134217728\n'.repeat(3));
      },
      60_000,
    );
  });

  test.skipIf(!hasPidNamespaces)(
    'a pid written from another pid namespace is that of who has it there',
    () => {
      const { stdout } = sh(`
      mkdir cg/in cg/other
      unshare -pf --mount-proc sh -c 'echo $$ > cg/in/tasks; wc -l < cg/in/tasks
        sh -c "echo \\$\\$ > cg/other/tasks; wc -l < cg/other/tasks; true"
        echo 4000000 > cg/other/tasks || echo none' 2>/dev/null
      until rmdir cg/in cg/other 2>/dev/null; do :; done`);
      expect(stdout).toMatch(/^[12]\n1\nnone\n$/);
    },
  );

  test.skipIf(!hasPrograms('python3'))(
    'python3: a thread moves alone, memory is charged where the leader is',
    () => {
      writeFileSync(
        join(sandbox.folder, 'threads.py'),
        `
import os, threading
def thread():
    begun, end, ids = threading.Event(), threading.Event(), []
    def work(): ids.append(threading.get_native_id()); begun.set(); end.wait()
    one = threading.Thread(target=work, daemon=True); one.start(); begun.wait()
    return str(ids[0])
def read(file): return open('cg/' + file).read().split()
def write(file, text): open('cg/' + file, 'w').write(text)
os.mkdir('cg/one'); os.mkdir('cg/two')
first, me = thread(), str(os.getpid())
write('one/tasks', first); print(read('one/tasks') == [first])
write('two/tasks', me)
kept = bytearray(20 << 20); second = thread()
print(sorted(read('two/tasks')) == sorted([me, second]), int(read('two/memory.usage_in_bytes')[0]) >= 20 << 20, read('one/memory.usage_in_bytes'))
`,
      );
      expect(sh('python3 threads.py').stdout).toBe("True\nTrue True ['0']\n");
      sh('until rmdir cg/one cg/two 2>/dev/null; do :; done');
    },
  );

  test('dates are those at which it happened, and what was set stays', () => {
    const { stdout } = sh(`
      mkdir cg/now; find cg -mindepth 1 -type d -mmin -1 -name now; memcg pause; memcg step 1h >/dev/null; mkdir cg/later; memcg resume
      find cg -mindepth 1 -type d -mmin -1 -name later; touch -d 2020-02-03 cg/now; stat -c %.10y cg/now
      rmdir cg/now cg/later`);
    expect(stdout).toBe('cg/now\ncg/later\n2020-02-03\n');
  });

  test('what other front ends do is seen at once, and the other way round', () => {
    const { stdout } = sh(`
      ls -d cg/web; memcg mkdir web; ls -d cg/web; stat -c %h cg
      memcg mv web db; ls -d cg/web; ls -d cg/db; memcg chmod 700 db; stat -c %a cg/db
      memcg rmdir db; ls -d cg/db; stat -c %h cg
      mkdir cg/shop; memcg ls | head -1; rmdir cg/shop; memcg ls | head -1`);
    expect(stdout).toBe('cg/web\n4\ncg/db\n700\n3\nshop/\ndefault/\n');
  });

  test('10,000 open files, a storm of forgetting', () => {
    const { stdout, stderr } = sh(
      'ulimit -n 20000; perl -e \'my @f; for (1..10000) { open(my $f, "<", "cg/default/tasks") or die $!; push @f, $f } print scalar(@f), "\\n"\'' +
        '; sync; echo 2 > /proc/sys/vm/drop_caches; cat cg/default/memory.failcnt',
    );
    expect({ stdout, stderr }).toEqual({ stdout: '10000\n0\n', stderr: '' });
  });

  test('reset goes on with the new machine: what is open of the old one answers ENODEV', () => {
    const { stdout, stderr } = sh(
      'mkdir cg/old; exec 7< cg/old/memory.failcnt; memcg reset; cat <&7; ls -d cg/old; cat cg/default/memory.limit_in_bytes',
    );
    expect(stdout).toBe('134217728\n');
    expect(stderr).toMatch(/No such device[\s\S]*No such file/);
  });

  test('nobody but the owner gets in', () => {
    const { stderr } = sh(`setpriv --reuid 65534 --clear-groups cat ${cg}/default/memory.failcnt`);
    expect(stderr).toMatch(/Permission denied/);
  });

  test('with --allow-other others get in as far as the permissions go', () => {
    mkdirSync(join(sandbox.folder, 'open'));
    const { stdout, stderr } = sh(`
      chmod 755 . ; memcg mount --allow-other open; mkdir open/his; chown 65534 open/his
      as() { setpriv --reuid 65534 --regid 65534 --clear-groups sh -c "$1"; }
      as 'cat open/default/memory.failcnt; echo 1M > open/default/memory.limit_in_bytes; mkdir open/his/own && mkdir open/no'
      stat -c '%u:%g %a' open/his/own; rmdir open/his/own open/his; memcg umount open; chmod 700 .`);
    expect(stdout).toBe('0\n65534:65534 755\n');
    expect(stderr).toMatch(/Permission denied[\s\S]*Permission denied/);
  });

  test('is not taken away from somebody who uses it, unless by force', () => {
    expect(sh('memcg --session other umount cg')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^memcg: cg: session \S+ is mounted there, not other\n$/),
    });
    const busy = sh('cd cg/default && memcg umount ../../cg');
    expect(busy).toMatchObject({ stdout: '', status: 1 });
    expect(busy.stderr).toContain('EBUSY');
    expect(sh('cd cg/default && memcg umount --force ../../cg && ls')).toMatchObject({ stdout: '' });
    expect(sh('memcg mount cg && cat cg/default/memory.failcnt')).toMatchObject({ stdout: '0\n', status: 0 });
  });

  test('kill -9 of the server leaves no dead mount, and all that was answered is there again', async () => {
    sh('mkdir cg/kept && echo 12M > cg/kept/memory.low_wmark_in_bytes');
    process.kill(pid(), 'SIGKILL');
    await expect.poll(() => mountedAt(cg), { timeout: 10_000 }).toBeNull();
    expect(readdirSync(cg)).toEqual([]);
    expect(sh('memcg mount cg && cat cg/kept/memory.low_wmark_in_bytes && rmdir cg/kept')).toMatchObject({
      stdout: '12582912\n',
      status: 0,
    });
  });

  test('a dead mount in the way is cleared', () => {
    // Server and watcher die together.
    const { stdout, stderr, status } = sh(`
      watcher=$(pgrep -f 'read -r _ .* ${cg}$'); kill -9 $watcher ${pid()}
      ls cg; memcg mount cg && cat cg/default/memory.failcnt`);
    expect({ stdout, status }).toEqual({ stdout: '0\n', status: 0 });
    expect(stderr).toMatch(/not connected|connection abort/);
  });

  test('unmounted while many use it, it is gone and they go on', async () => {
    const script = 'while cat cg/default/memory.failcnt; do :; done >/dev/null 2>&1; echo out';
    const clients = Array.from({ length: 4 }, () => sandbox.start('sh', ['-c', script]));
    const ended = clients.map((client) => new Promise((resolve) => client.once('close', resolve)));
    expect(sh('sleep 0.3; memcg umount --force cg').status).toBe(0);
    await Promise.all(ended);
    expect(mountedAt(cg)).toBeNull();
    expect(sh('memcg mount cg').status).toBe(0);
  });

  test.each<[string, string, RegExp, number]>([
    [
      'no folder',
      'memcg mount none',
      /^memcg: none: there is no such folder: make it first: mkdir none\n$/,
      3,
    ],
    ['a file', 'touch file; memcg mount file', /^memcg: file: it is no folder\n$/, 3],
    ['a folder that is not empty', 'memcg mount run', /^memcg: run: it is not empty, .*\n$/, 3],
    ['twice', 'memcg mount cg', /^memcg: cg: session default is mounted there already: .*\n$/, 3],
    ['no word of where', 'memcg mount', /missing required argument/, 2],
    ['nothing to unmount', 'memcg umount run', /^memcg: run: no machine is mounted there\n$/, 2],
    ['in the foreground of a session that is up', 'mkdir e; memcg mount --foreground e', /is up already/, 2],
  ])('%s: one sentence says what to do', (_, script, message, exit) => {
    const { stderr, status } = sh(script);
    expect(stderr).toMatch(message);
    expect(status).toBe(exit);
  });

  test('without a FUSE device it says what to do', () => {
    const { stderr, status } = sh(
      `mkdir -p dev e && touch dev/null && unshare --mount sh -c '
        mount --bind /dev/null dev/null && mount --rbind dev /dev && memcg --session other mount e
        s=$?; memcg --session other down; exit $s'`,
    );
    expect(stderr).toMatch(/^memcg: \/dev\/fuse: this system has no FUSE device: .*modprobe fuse.*\n$/);
    expect(status).toBe(3);
  });

  test('--foreground ends with ^C and leaves nothing', async () => {
    const front = join(sandbox.folder, 'front');
    mkdirSync(front);
    const child = sandbox.start('sh', ['-c', 'exec memcg --session front mount --foreground front']);
    const ended = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(() => mountedAt(front)?.source, { timeout: 10_000 }).toBe('front');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(mountedAt(front)).toBeNull();
  });

  test('down takes its mounts away, whoever uses them', () => {
    expect(sh('cd cg/default && memcg down')).toMatchObject({ stdout: '', stderr: '', status: 0 });
    expect(mountedAt(cg)).toBeNull();
  });
});
