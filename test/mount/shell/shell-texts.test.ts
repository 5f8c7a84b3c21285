import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hierarchyOf } from '../../../src/machine/machine.ts';
import {
  cgroupsText,
  filesystemsText,
  hierarchies,
  MOUNT_HELPER,
  mountsText,
  UMOUNT_HELPER,
} from '../../../src/mount/shell/made-up.ts';
import { promptingShell } from '../../../src/mount/shell/prompt.ts';
import { howToAllow } from '../../../src/mount/shell/shell-outside.ts';
import { Folder } from '../../session/sessions.ts';

const REAL = `sysfs /sys sysfs rw 0 0
cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
/dev/sda1 /srv/my\\040cgroup ext4 rw 0 0
`;

describe('the mounts that tools are shown', () => {
  test('are the real ones, with the emulated hierarchy for all others', () => {
    expect(mountsText(hierarchies(REAL), 'shell-1')).toBe(
      'sysfs /sys sysfs rw 0 0\n/dev/sda1 /srv/my\\040cgroup ext4 rw 0 0\n' +
        'shell-1 /sys/fs/cgroup/memory cgroup rw,nosuid,nodev,noexec,relatime,memory 0 0\n',
    );
    expect(mountsText('', 'shell-1', hierarchyOf('6.1'))).toBe(
      '\nshell-1 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0\n',
    );
    expect(mountsText('', 's').split('\n').length).toBe(3);
  });
});

describe('the controllers that tools are shown', () => {
  const TITLE = '#subsys_name\thierarchy\tnum_cgroups\tenabled\n';

  test.each([
    [
      'of version 1: memory has its number, all others follow as they are',
      'cpuset\t3\t7\t1\nmemory\t4\t74\t1\nnet_cls\t0\t1\t1\n',
      'memory\t4\t1\t1\n#not-emulated\ncpuset\t3\t7\t1\nnet_cls\t0\t1\t1\n',
    ],
    [
      'of both, memory in version 2: it is in a hierarchy that nobody else has',
      'cpuset\t3\t7\t1\nmemory\t0\t74\t1\n',
      'memory\t4\t1\t1\n#not-emulated\ncpuset\t3\t7\t1\n',
    ],
    [
      'of version 2: memory alone has a hierarchy',
      'cpuset\t0\t7\t1\nmemory\t0\t74\t1\n',
      'memory\t1\t1\t1\n#not-emulated\ncpuset\t0\t7\t1\n',
    ],
    ['that switches memory off: here it is on', 'memory\t0\t1\t0\n', 'memory\t1\t1\t1\n'],
  ])('on a host %s', (_, host, shown) => {
    expect(cgroupsText(TITLE + host)).toBe(TITLE + shown);
  });
});

test('the controllers of version 2 are all of hierarchy 0, and the file system is known to the kernel', () => {
  expect(cgroupsText('#\ncpuset\t3\t7\t1\n', hierarchyOf('6.1'))).toMatch(
    /^#.*\ncpuset\t0\t1\t1\nmemory\t0\t1\t1\n$/,
  );
  expect(filesystemsText('nodev\tcgroup\n')).toBe('nodev\tcgroup\nnodev\tcgroup2\n');
  expect(filesystemsText('nodev\tcgroup2\n')).toBe('nodev\tcgroup2\n');
});

test.each([
  ['kernel/apparmor_restrict_unprivileged_userns', '1\n', 'kernel.apparmor_restrict_unprivileged_userns=0'],
  ['kernel/unprivileged_userns_clone', '0\n', 'kernel.unprivileged_userns_clone=1'],
  ['user/max_user_namespaces', '0\n', 'user.max_user_namespaces=10000'],
  ['nothing', '', 'have root allow user namespaces'],
])('where %s forbids user namespaces, one sentence says what to do', (name, text, advice) => {
  const read = (asked: string): string => {
    if (asked !== name) throw new Error('ENOENT');
    return text;
  };
  expect(howToAllow(read)).toContain(advice);
});

describe('the helper of mount(8)', () => {
  /** The helper with a mount(8) that only says what it is asked, and the status. */
  function mounted(...args: string[]): [string, number | null] {
    using folder = new Folder();
    const script = MOUNT_HELPER.replace(/^mount /m, 'echo mount ').replace(
      '/proc/mounts',
      folder.at('mounts'),
    );
    writeFileSync(folder.at('helper'), script);
    const { stdout, stderr, status } = spawnSync('sh', [folder.at('helper'), ...args], { encoding: 'utf8' });
    return [stdout + stderr, status];
  }
  const bound = ['mount -i -n --bind /sys/fs/cgroup/memory /\n', 0];

  test.each([
    [[]],
    [['-o', 'rw']],
    [['-o', 'rw,memory']],
    [['-n', '-o', 'rw,nosuid,noexec,relatime,memory']],
    [['-o', 'rw,all']],
    [['-v', '-s']],
  ])('binds the emulated hierarchy: %j', (options) => {
    expect(mounted('none', '/', ...options)).toEqual(bound);
  });

  test.each(['cpu', 'cpu,memory', 'none,name=systemd', 'rw,blkio'])('refuses -o %s', (options) => {
    expect(mounted('none', '/', '-o', options)).toEqual([
      expect.stringContaining('only the memory controller is emulated here'),
      32,
    ]);
  });

  test('and that of umount(8) keep /proc/mounts', () => {
    using folder = new Folder();
    const mounts = folder.at('mounts');
    writeFileSync(mounts, 'a /x cgroup rw 0 0\nb /y cgroup rw 0 0\n');
    const script = UMOUNT_HELPER.replaceAll('/proc/mounts', mounts).replace(/^umount .*$/m, ':');
    writeFileSync(folder.at('helper'), script);
    expect(spawnSync('sh', [folder.at('helper'), '/x', '-l']).status).toBe(0);
    expect(readFileSync(mounts, 'utf8')).toBe('b /y cgroup rw 0 0\n');
  });
});

describe('a shell that says where one is', () => {
  test.each([
    ['/bin/bash', ['--rcfile']],
    ['/usr/bin/zsh', []],
    ['/usr/bin/fish', ['-C']],
    ['/bin/dash', []],
  ])('%s is started with %j', (shell, options) => {
    using folder = new Folder();
    const { command } = promptingShell(shell, 'memcg', folder.path, {});
    expect(command.slice(0, 1 + options.length)).toEqual([shell, ...options]);
  });

  test("keeps the user's own ZDOTDIR in mind", () => {
    using folder = new Folder();
    const { env } = promptingShell('zsh', 'memcg', folder.path, { ZDOTDIR: '/theirs', HOME: '/home' });
    expect(env).toEqual({ ZDOTDIR: folder.path, MEMCG_ZDOTDIR: '/theirs', HOME: '/home' });
  });
});
