import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPrograms, hasShell } from './namespaces.ts';
import { type Ended, Sandbox } from './shells.ts';

/** Programs that look for their own limit, in `memcg shell` on hosts of every kind. */

interface Host {
  /** Lines of /proc/cgroups without the title, of /proc/PID/cgroup, and of /proc/PID/mountinfo that are of cgroups. */
  readonly controllers: string;
  readonly own: string;
  readonly mounts: string;
}

const V1 = ['cpuset', 'cpu', 'cpuacct', 'blkio', 'memory', 'devices', 'freezer', 'pids'] as const;
const mountOf = (at: number, name: string): string =>
  `${900 + at} 899 0:${800 + at} / /sys/fs/cgroup/${name} rw,relatime - cgroup cgroup rw,${name}\n`;
const TMPFS = '899 23 0:799 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755\n';
const UNIFIED = '/sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n';
const inAll = (names: readonly string[], hierarchy: (at: number) => number): string =>
  [...names, 'net_cls']
    .map((name, at) => `${name}\t${name === 'net_cls' ? 0 : hierarchy(at)}\t9\t1\n`)
    .join('');
const ownOf = (names: readonly string[]): string =>
  names.map((name, at) => `${at + 1}:${name}:/user.slice\n`).join('');

const HYBRID = V1.filter((name) => name !== 'memory');
const HOSTS: Readonly<Record<string, Host>> = {
  'version 1': {
    controllers: inAll(V1, (at) => at + 1),
    own: ownOf(V1),
    mounts: TMPFS + V1.map((name, at) => mountOf(at, name)).join(''),
  },
  'version 1 and, without controllers, 2': {
    controllers: inAll(V1, (at) => at + 1),
    own: `${ownOf(V1)}0::/user.slice\n`,
    mounts: `${TMPFS}${V1.map((name, at) => mountOf(at, name)).join('')}950 899 0:850 / ${UNIFIED}`,
  },
  'version 1, but memory in 2': {
    controllers: `${inAll(HYBRID, (at) => at + 1)}memory\t0\t9\t1\n`,
    own: `${ownOf(HYBRID)}0::/user.slice\n`,
    mounts: `${TMPFS}${HYBRID.map((name, at) => mountOf(at, name)).join('')}950 899 0:850 / ${UNIFIED}`,
  },
  'version 2': {
    controllers: inAll(V1, () => 0),
    own: '0::/user.slice/session-1.scope\n',
    mounts: '899 23 0:799 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
  },
};

/** What cgroup libraries for Go do: the mount and the path of the memory controller, then its limit. */
const READER = `package main
import ("fmt"; "os"; "strings")
func main() {
  path, mount := "", ""
  text, _ := os.ReadFile("/proc/self/cgroup")
  for _, line := range strings.Split(string(text), "\\n") {
    if parts := strings.SplitN(line, ":", 3); len(parts) == 3 && parts[1] == "memory" { path = parts[2] }
  }
  text, _ = os.ReadFile("/proc/self/mountinfo")
  for _, line := range strings.Split(string(text), "\\n") {
    if sides := strings.SplitN(line, " - ", 2); len(sides) == 2 && strings.HasPrefix(sides[1], "cgroup ") && strings.HasSuffix(sides[1], ",memory") {
      mount = strings.Fields(sides[0])[4]
    }
  }
  if mount == "" { fmt.Println("no limit is to be found"); return }
  limit, err := os.ReadFile(mount + path + "/memory.limit_in_bytes")
  fmt.Print(string(limit)); if err != nil { fmt.Println(err) }
}
`;

describe.skipIf(!hasShell).each(Object.entries(HOSTS))('on a host with hierarchies of %s', (_, host) => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = new Sandbox();
    const write = (name: string, text: string): void => writeFileSync(join(sandbox.folder, name), text);
    write('cgroups', `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${host.controllers}`);
    write('own', host.own);
    write('mounts', host.mounts);
    write('reader.go', READER);
    // In the shell: the program's own view of /proc is the host's, and the mounts of the shell are the last.
    write(
      'inside',
      `grep -v ' - cgroup' /proc/self/mountinfo | cat mounts - > info
       for file in cgroup:own mountinfo:info; do mount -i -n --bind "\${file#*:}" "/proc/$$/\${file%:*}"; done
       exec "$@"`,
    );
  });
  afterAll(() => sandbox.remove());

  const inShell = (command: string): Ended =>
    sandbox.run(
      'sh',
      `unshare ${process.getuid?.() === 0 ? '' : '--user --map-root-user'} --mount sh -c '
         mount -i -n --bind cgroups /proc/cgroups && exec memcg shell --wmarks off -- sh ./inside ${command}' 2>&1`,
    );

  test.skipIf(!hasPrograms('java'))('java says what it knows of its system', () => {
    const { stdout, status } = inShell('java -XshowSettings:system -version');
    expect(stdout).not.toMatch(/Exception/);
    expect(stdout).toMatch(/Memory Limit: Unlimited|No metrics available/);
    expect(stdout).toMatch(/^openjdk version/m);
    expect(status).toBe(0);
  });

  test('node knows of no limit', () => {
    const { stdout, status } = inShell('node -p "process.constrainedMemory() ?? 0"');
    expect(Number(stdout) === 0 || Number(stdout) > 2 ** 62).toBe(true);
    expect(status).toBe(0);
  });

  test.skipIf(!hasPrograms('lssubsys', 'lscgroup'))("libcgroup finds the emulator's hierarchy", () => {
    expect(inShell('lssubsys -m').stdout).toBe('memory /sys/fs/cgroup/memory\n');
    expect(inShell('lscgroup').stdout).toBe('memory:/\n');
  });

  test.skipIf(!hasPrograms('go'))(
    'a program in Go that reads its limit goes on',
    () => {
      const built = spawnSync('go', ['build', 'reader.go'], {
        cwd: sandbox.folder,
        env: { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'off' },
        encoding: 'utf8',
      });
      expect([built.status, built.stderr]).toEqual([0, '']);
      const { stdout, status } = inShell('./reader');
      expect(stdout).toMatch(/^no limit is to be found$|no such file/m);
      expect(status).toBe(0);
    },
    120_000,
  );
});
