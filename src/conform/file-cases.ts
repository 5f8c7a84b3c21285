import { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from '../fs/handle.ts';
import { CHILD, type Desk, type Found, OWN } from './desk.ts';

/** What the recorder did under each name, in the order of the recording. */

type Case = (desk: Desk) => Found;

const LOW = `${CHILD}/memory.low_wmark_in_bytes`;
const STAT = `${CHILD}/memory.stat`;
const USAGE = `${CHILD}/memory.usage_in_bytes`;
const TASKS = `${CHILD}/tasks`;
const S_IFIFO = 0o010000;
const S_IFREG = 0o100000;
const SCRATCH = '/x';

/** A path of this name is made and removed. */
const makes =
  (path: string): Case =>
  (desk) => {
    const found = desk.answer(desk.root.mkdir(path));
    desk.rmdir(path);
    return found;
  };
const removes =
  (path: string): Case =>
  (desk) => {
    desk.root.mkdir(path);
    return desk.answer(desk.rmdir(path));
  };
const renames =
  (from: string, to: string, there: readonly string[]): Case =>
  (desk) =>
    desk.with(there, () => desk.answer(desk.root.rename(from, to)));
const opens =
  (path: string, flags: number): Case =>
  (desk) =>
    desk.open(path, flags);

export const CONTROL_FILES: Readonly<Record<string, Case>> = {
  'mkdir fresh child': (desk) => desk.answer(desk.root.mkdir(CHILD)),
  'read force_empty': (desk) => desk.readFrom(`${CHILD}/memory.force_empty`),
  "write stat 'x'": (desk) => desk.writeTo(STAT, 'x'),
  "force_empty write 'abc'": (desk) => desk.writeTo(`${CHILD}/memory.force_empty`, 'abc'),
  "failcnt write '7'": (desk) => desk.writeTo(`${CHILD}/memory.failcnt`, '7'),
  "failcnt write ''": (desk) => desk.writeTo(`${CHILD}/memory.failcnt`, ''),
  "max_usage write 'zzz'": (desk) => desk.writeTo(`${CHILD}/memory.max_usage_in_bytes`, 'zzz'),
  'open low O_TRUNC': opens(LOW, O_WRONLY | O_TRUNC),
  'truncate(low,5)': (desk) => desk.answer(desk.root.truncate(LOW, 5)),
  'ftruncate(low,0)': (desk) => {
    desk.keep('low', LOW, O_RDWR);
    return desk.answer(desk.root.truncate(desk.kept('low'), 0));
  },
  fsync: (desk) => desk.answer(desk.root.fsync(desk.kept('low'))),
  'mmap low': (desk) => desk.answer(desk.root.mmap(desk.kept('low'))),
  'poll low': (desk) => {
    const events = desk.root.poll(desk.kept('low'), 5);
    return { ret: events.ok && events.value !== 0 ? 1 : 0, revents: events.ok ? events.value : 0 };
  },
  'size after truncates': (desk) => {
    const stat = desk.root.stat(LOW);
    return { size: stat.ok ? stat.value.size : null };
  },
};

export const NAMES: Readonly<Record<string, Case>> = {
  'creat new file': opens(`${CHILD}/new`, O_CREAT | O_WRONLY | O_TRUNC),
  'open O_CREAT|O_RDONLY new': opens(`${CHILD}/new`, O_CREAT | O_RDONLY),
  'open O_CREAT existing stat rdonly': opens(STAT, O_CREAT | O_RDONLY),
  'open like shell > (O_CREAT|O_TRUNC|O_WRONLY) low': opens(LOW, O_CREAT | O_TRUNC | O_WRONLY),
  'open like shell > usage_in_bytes': opens(USAGE, O_CREAT | O_TRUNC | O_WRONLY),
  'open O_EXCL existing': opens(LOW, O_CREAT | O_EXCL | O_WRONLY),
  'open nonexistent': opens(`${CHILD}/nothing`, O_RDONLY),
  'read dir': (desk) => desk.readFrom(CHILD),
  'open dir wronly': opens(CHILD, O_WRONLY),
  'unlink tasks': (desk) => desk.answer(desk.root.unlink(TASKS)),
  'unlink dir': (desk) => desk.with([SCRATCH], () => desk.answer(desk.root.unlink(SCRATCH))),
  'unlink nonexist': (desk) => desk.answer(desk.root.unlink(`${CHILD}/nothing`)),
  'rmdir of file': (desk) => desk.answer(desk.rmdir(TASKS)),
  'mkdir existing': (desk) => desk.answer(desk.root.mkdir(CHILD)),
  'mkdir name of a file': (desk) => desk.answer(desk.root.mkdir(TASKS)),
  'mkdir newline': makes('/new\nline'),
  'mkdir 255-char': makes(`/${'n'.repeat(255)}`),
  'mkdir 256-char': makes(`/${'n'.repeat(256)}`),
  'mkdir under file': (desk) => desk.answer(desk.root.mkdir(`${TASKS}/x`)),
  'mkdir memory.foo': makes('/memory.foo'),
  'rmdir memory.foo': removes('/memory.foo'),
  'mkdir cgroup.foo': makes('/cgroup.foo'),
  'mkdir .dot': makes('/.dot'),
  'mkdir utf8': makes('/größe'),
  'mkdir backslash': makes('/back\\slash'),
  'mkdir trailing slash': makes('/slash/'),
  'rmdir trailing slash': (desk) => {
    desk.root.mkdir('/slash');
    return desk.answer(desk.rmdir('/slash/'));
  },
  'rmdir with child': (desk) => desk.with([SCRATCH, `${SCRATCH}/y`], () => desk.answer(desk.rmdir(SCRATCH))),
  'rmdir x/.': (desk) => desk.with([SCRATCH], () => desk.answer(desk.rmdir(`${SCRATCH}/.`))),
  'rmdir x/..': (desk) => desk.with([SCRATCH], () => desk.answer(desk.rmdir(`${SCRATCH}/..`))),
  'rmdir child': removes(`${CHILD}/y`),
  'rmdir nonexist': (desk) => desk.answer(desk.rmdir('/nothing')),
  'rmdir root mount': (desk) => desk.answer(desk.rmdir('/')),
  'rename dir onto existing dir': renames('/a', '/b', ['/a', '/b']),
  'rename dir other parent': renames('/a/c', '/b/c', ['/a', '/a/c', '/b']),
  'rename dir to a file name': renames('/a', '/tasks', ['/a']),
  'rename root': renames('/', '/other', []),
  'rename newline': (desk) => {
    desk.root.mkdir('/plain');
    const found = desk.answer(desk.root.rename('/plain', '/new\nline'));
    desk.rmdir('/new\nline');
    return found;
  },
  symlink: (desk) => desk.answer(desk.root.symlink('target', `${CHILD}/link`)),
  hardlink: (desk) => desk.answer(desk.root.link(TASKS, `${CHILD}/link`)),
  'mknod fifo': (desk) => desk.answer(desk.root.mknod(`${CHILD}/node`, S_IFIFO | 0o644)),
  'mknod reg': (desk) => desk.answer(desk.root.mknod(`${CHILD}/node`, S_IFREG | 0o644)),
};

export const OWNERS: Readonly<Record<string, Case>> = {
  'chmod file 0600': (desk) => desk.answer(desk.root.chmod(LOW, 0o600)),
  'mode after chmod 0600': (desk) => {
    const stat = desk.root.stat(LOW);
    return { mode: stat.ok ? stat.value.mode.toString(8) : null };
  },
  'root write after chmod 000': (desk) => {
    desk.root.chmod(LOW, 0);
    return desk.writeTo(LOW, '1M');
  },
  'chown 1000': (desk) => {
    desk.root.chmod(LOW, 0o666);
    return desk.answer(desk.root.chown(LOW, 1000, 1000));
  },
  'chown dir': (desk) => {
    desk.root.mkdir(OWN);
    return desk.answer(desk.root.chown(OWN, 1000, 1000));
  },
  'chmod usage 0666': (desk) => desk.answer(desk.root.chmod(USAGE, 0o666)),
  'write usage after chmod 0666': (desk) => desk.writeTo(USAGE, '1'),
  utimes: (desk) => desk.answer(desk.root.utimes(LOW, 1e9, 2e9)),
  'setxattr user': (desk) => desk.answer(desk.root.setxattr(LOW, 'user.x')),
  'setxattr trusted': (desk) => desk.answer(desk.root.setxattr(LOW, 'trusted.x')),
  'uid1000 write own 0666 low': (desk) => desk.writeTo(LOW, '2M', desk.user),
  'uid1000 write 0644-root limit': (desk) => desk.writeTo(`${CHILD}/memory.limit_in_bytes`, '64M', desk.user),
  "uid1000 open tasks write '0'": (desk) => desk.writeTo(TASKS, '0', desk.user),
  'uid1000 mkdir in own dir': (desk) => desk.answer(desk.user.mkdir(`${OWN}/sub`)),
  'uid1000 rmdir in own dir': (desk) => desk.answer(desk.operator.finish(desk.user.rmdir(`${OWN}/sub`))),
  'uid1000 read force_empty': (desk) => desk.readFrom(`${CHILD}/memory.force_empty`, desk.user),
};

/** Reads the low mark through the file kept under that name. */
const reads =
  (name: string, count: number, at: number | null = null): Case =>
  (desk) =>
    desk.read(desk.kept(name), count, at);
/** Writes the low mark, and says what it is then. */
const writes =
  (name: string, text: string, at: number | null = null): Case =>
  (desk) => ({ ...desk.write(desk.kept(name), text, at), after: desk.text(LOW) });
const seeks =
  (name: string, offset: number, whence: 'set' | 'cur'): Case =>
  (desk) =>
    desk.seek(desk.kept(name), offset, whence);
/** The same after the file was opened anew. */
const afresh =
  (name: string, flags: number, then: Case): Case =>
  (desk) => {
    desk.keep(name, LOW, flags);
    return then(desk);
  };

export const OFFSETS: Readonly<Record<string, Case>> = {
  'open O_APPEND': (desk) => desk.keep('append', LOW, O_WRONLY | O_APPEND),
  'write via O_APPEND': writes('append', '64M'),
  '2nd write via O_APPEND': writes('append', '32M'),
  'pread 1@2': afresh('read', O_RDONLY, reads('read', 1, 2)),
  'pread 100@3': reads('read', 100, 3),
  'pread 10@100': reads('read', 10, 100),
  'pread 0@0': reads('read', 0, 0),
  'read 1 #1': reads('read', 1),
  'read 1 #2': reads('read', 1),
  'read rest': reads('read', 100),
  'read at eof': reads('read', 100),
  'lseek 0 SET': seeks('read', 0, 'set'),
  'reread after lseek0': reads('read', 100),
  'lseek 2 SET': seeks('read', 2, 'set'),
  'read after lseek2': reads('read', 100),
  'lseek -1 SET': seeks('read', -1, 'set'),
  'lseek 1<<40 SET': seeks('read', 2 ** 40, 'set'),
  'lseek 0 CUR': seeks('read', 0, 'cur'),
  'rdwr: read partial 4': afresh('both', O_RDWR, reads('both', 4)),
  'rdwr: write 48M after partial read (pos 4)': writes('both', '48M'),
  'lseek 0 CUR after that': seeks('both', 0, 'cur'),
  'rdwr: read continues': reads('both', 100),
  'rdwr: read after lseek 0': (desk) => {
    desk.seek(desk.kept('both'), 0, 'set');
    return desk.read(desk.kept('both'), 100);
  },
  'value-change: read 3': afresh('change', O_RDONLY, reads('change', 3)),
  'value-change: read rest after another fd wrote 1G': (desk) => {
    desk.writeTo(LOW, '1G');
    return desk.read(desk.kept('change'), 100);
  },
  "two chunks: '64'": afresh('chunks', O_WRONLY, writes('chunks', '64')),
  "3rd write same fd '16M'": (desk) => {
    desk.write(desk.kept('chunks'), 'M');
    return writes('chunks', '16M')(desk);
  },
  'lseek cur after writes': seeks('chunks', 0, 'cur'),
  'pwrite 128M@5': writes('chunks', '128M', 5),
  'pwrite 129M@100000': writes('chunks', '129M', 100_000),
  'write on O_RDONLY fd': (desk) => desk.write(desk.kept('read'), '1M'),
  'read on O_WRONLY fd': (desk) => desk.read(desk.kept('chunks'), 10),
};

const GONE = '/gone';

export const REMOVED: Readonly<Record<string, Case>> = {
  'rmdir with open fds': (desk) => {
    desk.root.mkdir(GONE);
    desk.keep('gone', GONE, O_RDONLY);
    desk.keep('gone high', `${GONE}/memory.high_wmark_in_bytes`, O_RDWR);
    desk.keep('gone stat', `${GONE}/memory.stat`, O_RDONLY);
    desk.keep('gone usage', `${GONE}/memory.usage_in_bytes`, O_RDONLY);
    desk.keep('gone tasks', `${GONE}/tasks`, O_WRONLY);
    return desk.answer(desk.rmdir(GONE));
  },
  'read high after rmdir': reads('gone high', 100),
  'write high after rmdir': (desk) => desk.write(desk.kept('gone high'), '1M'),
  'read stat after rmdir': reads('gone stat', 4096),
  'read usage after rmdir': reads('gone usage', 100),
  'write tasks after rmdir': (desk) => desk.write(desk.kept('gone tasks'), '0'),
  'mkdirat in removed dir': (desk) => {
    const there = desk.root.at(desk.kept('gone'));
    return desk.answer(there.ok ? there.value.mkdir('x') : there);
  },
  'openat in removed dir': (desk) => {
    const there = desk.root.at(desk.kept('gone'));
    return desk.answer(there.ok ? there.value.open('tasks') : there);
  },
  'memcontd count after writing high on removed cgroup': (desk) => ({
    memcontd: desk.operator.threads().length,
  }),
  'rmdir of a cgroup that is cwd': (desk) => {
    desk.root.mkdir('/cwd');
    desk.keep('cwd', '/cwd', O_RDONLY);
    return desk.answer(desk.rmdir('/cwd'));
  },
};
