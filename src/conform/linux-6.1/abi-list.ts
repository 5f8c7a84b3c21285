import { Answers, isRecord, numberOf, textOf } from '../answers.ts';
import type { Kind, RecordedLine, Value } from '../kind.ts';
import { Desk } from './desk.ts';

/** Which files a cgroup has, with what in them, by the controllers that are enabled for it. */

/** What makes the cgroup of each listing: [path, what is done before]. */
const CASES: Readonly<Record<string, readonly [string, ...(readonly [string, string, string?])[]]>> = {
  root: ['/'],
  child: ['/x', ['mkdir', '/x']],
  'grandchild-no-control': ['/x/c', ['mkdir', '/x'], ['mkdir', '/x/c']],
  'child-with-subtree-control': [
    '/x',
    ['mkdir', '/x'],
    ['write', '/x/cgroup.subtree_control', '+memory'],
    ['mkdir', '/x/c'],
  ],
  grandchild: ['/x/c', ['mkdir', '/x'], ['write', '/x/cgroup.subtree_control', '+memory'], ['mkdir', '/x/c']],
  'child-domain-threaded': [
    '/x',
    ['mkdir', '/x'],
    ['mkdir', '/x/c'],
    ['write', '/x/c/cgroup.type', 'threaded'],
  ],
  'grandchild-threaded': [
    '/x/c',
    ['mkdir', '/x'],
    ['mkdir', '/x/c'],
    ['write', '/x/c/cgroup.type', 'threaded'],
  ],
  'child-no-control': ['/x', ['write', '/cgroup.subtree_control', '-memory -pids'], ['mkdir', '/x']],
};

export const abiList61: Kind = {
  name: 'list',
  about: 'the files of cgroups with and without controllers: modes, contents, opening',
  recording: 'linux-6.1/abi-list.jsonl.gz',
  dialect: '6.1.176',
  fields: 'kernel what dir_mode nlink files'.split(' '),
  run(lines) {
    const answers = new Answers();
    for (const line of lines) compare(line, answers);
    return answers;
  },
};

function compare(line: RecordedLine, answers: Answers): void {
  const what = textOf(line.fields['what']);
  const made = CASES[what];
  if (made === undefined) {
    answers.skip(line, `nobody knows how ${what} was made`);
    return;
  }
  const desk = new Desk();
  const [path, ...steps] = made;
  for (const [op, target, text = ''] of steps) {
    if (op === 'mkdir') desk.do({ op: 'mkdir', path: target });
    else desk.write(target, text);
  }
  const calls = desk.front.calls({});
  const stat = calls.stat(path);
  if (!stat.ok) throw new Error(`${path}: ${stat.why}`);
  answers.compare(what, 'dir_mode', line.fields['dir_mode'] ?? null, stat.value.mode.toString(8));
  answers.compare(what, 'nlink', line.fields['nlink'] ?? null, stat.value.nlink);
  const entries = calls.readdir(path);
  const names = entries.ok ? entries.value.filter(({ directory }) => !directory).map(({ name }) => name) : [];
  const files = (line.fields['files'] as readonly Value[]).filter(isRecord);
  answers.compare(
    what,
    'files',
    files.map(({ name }) => name ?? null),
    names,
  );
  for (const file of files) compareFile(what, path, file, desk, answers);
}

function compareFile(
  what: string,
  cgroup: string,
  file: Readonly<Record<string, Value>>,
  desk: Desk,
  answers: Answers,
): void {
  const name = textOf(file['name']);
  const path = `${cgroup === '/' ? '' : cgroup}/${name}`;
  const calls = desk.front.calls({});
  const stat = calls.stat(path);
  const field = (of: string): string => `${name} ${of}`;
  const mode = stat.ok ? (stat.value.mode & 0o7777).toString(8) : stat.errno;
  answers.compare(what, field('mode'), file['mode'] ?? null, mode);
  answers.compare(what, field('size'), numberOf(file['size']), stat.ok ? stat.value.size : -1);
  const opened = calls.open(path, 1);
  answers.compare(what, field('open_w'), file['open_w'] ?? null, opened.ok ? '0' : opened.errno);
  const { open, text, errno } = desk.read(path);
  if (file['read'] !== undefined) {
    answers.compare(what, field('read'), file['read'], errno);
    answers.compare(what, field('open_r'), file['open_r'] ?? null, `${open}`);
    return;
  }
  const content = textOf(file['content']);
  answers.compare(what, field('content'), content, text, () => {
    if (what === 'root') return text === '' || names(content) === names(text) ? 'other machine' : null;
    return PARENTS.has(what) && COUNTED.has(name) && names(content) === names(text)
      ? 'memory of a child'
      : null;
  });
}

/** What was charged for a cgroup with memory control that is, or was, below. */
const PARENTS = new Set(['child-with-subtree-control', 'child-domain-threaded']);
const COUNTED = new Set(['memory.current', 'memory.peak', 'memory.stat']);

/** Whose numbers are the recorded machine's own. */
const names = (text: string): string => text.replace(/(?<=[ =])\d+/g, '0').replace(/^\d+$\n?/gm, '');
