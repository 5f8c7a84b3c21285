import { ERRATA_SETS } from '../machine/machine.ts';
import type { AllowanceName } from './allowances.ts';
import { type Allow, Answers, secondRun, textOf } from './answers.ts';
import { CHILD, Desk, type Found } from './desk.ts';
import { CONTROL_FILES, NAMES, OFFSETS, OWNERS, REMOVED } from './file-cases.ts';
import { inProcess } from './in-process.ts';
import { DIALECT, type Kind, type RecordedLine, type Value } from './kind.ts';
import { usageAllowed } from './reader.ts';
import { MEMORY, TASKS, taskWrite } from './task-cases.ts';

/** Operations on files: one machine, one line after the other. */

const CASES = { ...CONTROL_FILES, ...NAMES, ...OWNERS, ...OFFSETS, ...REMOVED, ...TASKS, ...MEMORY };
/** Added to the recorded kernel to count; not part of the ABI. */
const COUNTING_FILE = 'memory.bgreclaim_stat';

/** What a machine that is always mounted, and has no programs, can't be asked. */
const OUTSIDE: Readonly<Record<string, AllowanceName>> = {
  'write bad pointer': 'outside: pointers',
  'rename file out': 'outside: mounts',
  'rmdir of a mountpoint': 'outside: mounts',
  'umount cgroup while mounted busy?': 'outside: mounts',
  'memcontd after umount': 'outside: mounts',
  'root after remount': 'outside: mounts',
};

/** What a position answers that writes have moved on. */
const MOVED: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  'lseek 0 CUR after that': { ret: 7 },
  'rdwr: read continues': { ret: 2, data: '8\n' },
  'lseek cur after writes': { ret: 6 },
};

export const files: Kind = {
  name: 'files',
  about: 'operations on files: listings, opens, offsets, permissions, tasks, removed cgroups',
  recording: 'abi-files.jsonl',
  dialect: DIALECT,
  fields: (
    'kernel case result ret run2 type bsize blocks namelen dir order name mode size nlink uid gid ' +
    'blksize d_type in after revents data file label writer_moved is_pid_newline len memcontd ' +
    'cached_kb_before cached_kb_after_read usage_after_read cached_kb_after_force_empty ' +
    'usage_after_force_empty usage_after_rereading_same_file cached_kb_after_rmdir ' +
    'usage_of_new_cgroup_after_rereading old_usage_before old_usage_after new_usage_after ' +
    'force_empty_old old_usage_after_force_empty rmdir_old limit high low usage max_usage failcnt ' +
    'daemon'
  ).split(' '),
  run(lines, boot = inProcess) {
    const answers = new Answers();
    const desk = new Desk(boot(ERRATA_SETS['recorded'] ?? []));
    for (const line of lines) answers.orSkip(line, () => runLine(desk, line, answers));
    return answers;
  },
};

function runLine(desk: Desk, line: RecordedLine, answers: Answers): void {
  const words = textOf(line.fields['case']);
  const found = answerOf(desk, line, words);
  if (found === null) {
    answers.skip(line, `nobody knows how to do ${words}`);
    return;
  }
  const name = nameOf(line, words);
  const outside = OUTSIDE[words] ?? (line.fields['name'] === COUNTING_FILE ? 'counting file' : null);
  const again = secondRun(line);
  for (const [field, recorded] of Object.entries(line.fields)) {
    if (['kernel', 'case', 'run2', 'dir', 'name', 'file', 'in'].includes(field)) continue;
    if (field === 'label' && found['label'] === undefined) continue;
    const value = found[field] ?? null;
    if (outside !== null) answers.allow(name, field, recorded, value, outside);
    else if (again(field) && !field.startsWith(CACHED))
      answers.allow(name, field, recorded, value, 'second run');
    else if (desk.operator.front.isMount && field === 'size')
      answers.compare(name, field, recorded, value, (_, size) => (size === 4096 ? 'sizes of a mount' : null));
    else if (desk.operator.front.isMount && MOVED[words]?.[field] !== undefined)
      answers.compare(name, field, recorded, value, (_, moved) =>
        moved === MOVED[words]?.[field] ? 'position of a mount' : null,
      );
    else answers.compare(name, field, recorded, value, allowanceOf(line, field));
  }
}

function answerOf(desk: Desk, line: RecordedLine, words: string): Found | null {
  const { fields } = line;
  if (Object.hasOwn(OUTSIDE, words)) return {};
  switch (words) {
    case 'statfs': {
      const { type, ...rest } = desk.root.statfs();
      return { type: `0x${type.toString(16)}`, ...rest };
    }
    case 'list':
      return listed(desk, textOf(fields['dir']), textOf(fields['name']));
    case 'write-each':
      return writeEach(desk, textOf(fields['name']), textOf(fields['in']));
    case 'task-write':
      return taskWrite(desk, line);
    default:
      return CASES[words]?.(desk) ?? null;
  }
}

function nameOf({ fields }: RecordedLine, words: string): string {
  const which = [fields['dir'], fields['name'], fields['file'], fields['label']]
    .map(textOf)
    .filter((text) => text !== '');
  return [words, ...which].join(' ');
}

/** One entry: its place in the listing, and lstat(2). */
function listed(desk: Desk, directory: string, name: string): Found | null {
  const path = directory === 'root' ? '/' : directory === 'child' ? CHILD : null;
  if (path === null) return null;
  if (name === COUNTING_FILE) return {};
  const entries = desk.root.readdir(path);
  const stat = desk.root.stat(`${path}/${name}`);
  if (!entries.ok || !stat.ok) return {};
  const at = entries.value.findIndex((entry) => entry.name === name);
  const { mode, size, nlink, uid, gid, blocks, blksize } = stat.value;
  // The recorded kernel's listing has the counting file, third among the files.
  const order = at < PLACE_OF_COUNTING_FILE ? at : at + 1;
  const octal = `0${mode.toString(8)}`.slice(-6);
  return {
    order,
    mode: octal,
    size,
    nlink,
    uid,
    gid,
    blocks,
    blksize,
    d_type: entries.value[at].directory ? 4 : 8,
  };
}

const PLACE_OF_COUNTING_FILE = 4;

function writeEach(desk: Desk, file: string, text: string): Found {
  if (file === COUNTING_FILE) return {};
  const answer = desk.writeTo(`${CHILD}/${file}`, text);
  const after = desk.operator.front.read(`${CHILD}/${file}`);
  return { ...answer, after: after.ok ? after.value : { err: after.errno } };
}

const CACHED = 'cached_kb';
/** Page cache beside the file that is read: the recorder's programs, and the metadata of its files. */
const OTHER_CACHE_KB = 512;

function allowanceOf({ fields }: RecordedLine, field: string): Allow | null {
  const within =
    (most: number, name: AllowanceName): Allow =>
    (recorded: Value, found: Value) =>
      Math.abs(Number(recorded) - Number(found)) <= most ? name : null;
  if (fields['case'] === 'list' && fields['name'] === '..' && fields['dir'] === 'root')
    return () => 'outside: mounts';
  if (field.startsWith(CACHED)) return within(OTHER_CACHE_KB, 'other page cache');
  if (field === 'usage_after_read' || field === 'usage' || field === 'max_usage') {
    return usageAllowed(field === 'max_usage' ? field : 'usage', {
      filesRead: 1,
      limit: '',
      reclaimed: false,
    });
  }
  const holdsPid = fields['case'] === 'task-write' || fields['case'] === 'tasks content with 1 task';
  return holdsPid && (field === 'ret' || field === 'len') ? pidWidth : null;
}

/** A pid of seven digits for one of up to three, once or twice. */
const pidWidth: Allow = (recorded, found) => {
  const more = Number(found) - Number(recorded);
  return Number(recorded) > 0 && more >= 4 && more <= 12 ? 'pids' : null;
};
