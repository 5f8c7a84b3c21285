import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../support/has.ts';
import { hasPrograms, hasShell } from './namespaces.ts';
import { type Ended, Sandbox } from './shells.ts';

/** Programs that read paths, where the machine runs 6.1. */

describe.skipIf(!hasShell)('in memcg shell --kernel 6.1', () => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = new Sandbox();
  });
  afterAll(() => sandbox.remove());
  const inShell = (command: string): Ended => sandbox.run('sh', `memcg shell --kernel 6.1 -- ${command}`);

  test('the tree of version 2 is at /sys/fs/cgroup', () => {
    const script =
      'cd /sys/fs/cgroup; echo +memory > cgroup.subtree_control; mkdir a; echo 64M > a/memory.max; cat a/memory.events';
    expect(inShell(`sh -c '${script}'`)).toEqual({
      stdout: 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n',
      stderr: '',
      status: 0,
    });
  });

  test("the command's /proc says so too", () => {
    expect(inShell('cat /proc/self/cgroup').stdout).toBe('0::/\n');
    const mounts = inShell('cat /proc/self/mountinfo').stdout;
    expect(mounts).toMatch(/ \/sys\/fs\/cgroup .* - cgroup2 /);
    expect(mounts).not.toMatch(/ - cgroup | \/sys\/fs\/cgroup .* - fuse/);
    expect(inShell('cat /proc/mounts').stdout).toMatch(/ \/sys\/fs\/cgroup cgroup2 /);
  });

  test.skipIf(!has('/proc/pressure', existsSync('/proc/pressure/io')))(
    '/proc/pressure is that of the machine',
    () => {
      const script =
        'for of in cpu io memory; do [ /proc/pressure/$of -ef /sys/fs/cgroup/$of.pressure ] && echo $of; done';
      expect(inShell(`sh -c '${script}'`).stdout).toBe('cpu\nio\nmemory\n');
    },
  );

  test('a real process joins by cgroup.procs, and is charged', () => {
    const script = `cd /sys/fs/cgroup; mkdir a; echo $$ > a/cgroup.procs; grep -c . a/cgroup.procs
      until [ "$(cat a/memory.current)" -gt 0 ]; do :; done; echo charged`;
    expect(inShell(`sh -c '${script}'`).stdout).toMatch(/^\d+\ncharged\n$/);
  });

  test.skipIf(!hasPrograms('python3'))('poll(2) of cgroup.events tells who comes', () => {
    const script = `
import os, select
os.mkdir("/sys/fs/cgroup/a")
events, poll = open("/sys/fs/cgroup/a/cgroup.events"), select.poll()
poll.register(events, select.POLLPRI)
print(len(poll.poll(0)), events.readline().strip(), len(poll.poll(0)))
if os.fork() == 0:
    open("/sys/fs/cgroup/a/cgroup.procs", "w").write("0")
    os._exit(len(poll.poll(1000)) * 0)
print(len(poll.poll(60000)))`;
    writeFileSync(join(sandbox.folder, 'poll.py'), script);
    expect(inShell('python3 poll.py').stdout).toBe('1 populated 0 0\n1\n');
  });

  test('a command that is not there is told as shells do', () => {
    expect(inShell('nosuch').status).toBe(127);
  });

  test.skipIf(!hasPrograms('java'))('java finds version 2', () => {
    const { stdout, stderr, status } = inShell('java -XshowSettings:system -version');
    expect(stdout + stderr).toContain('Provider: cgroupv2');
    expect(status).toBe(0);
  });
});
