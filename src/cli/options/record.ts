import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { size } from '../../kernel/numbers.ts';
import { Mistake } from '../../script/mistake.ts';
import { type Given, type OptionValues, optionTable, readTable } from '../../script/option-table.ts';
import { readSize, readTask, readTime } from '../../script/values.ts';
import { quote, type Word } from '../../script/words.ts';
import { taskName } from '../../workload/record/script-head.ts';
import { file } from './shared.ts';
import { orMistake } from './values.ts';

const TITLE_LENGTH = 100;
/** Nothing changes faster than can be seen; nothing slower is a recording, ms. */
const FASTEST = 5;
const SLOWEST = 60_000;

export const RECORD_OPTIONS = optionTable({
  output: file('-o, --output <file>', 'where the recording goes; - is standard output'),
  force: { flags: '--force', about: 'write a recording anew that is there already', read: null },
  pid: file('--pid <pid>', 'record a running process and its descendants, until it ends or ^C'),
  cgroup: file('--cgroup <directory>', 'record a cgroup of this host, of version 1 or 2'),
  interval: { flags: '--interval <time>', about: 'between two looks', usual: '50ms', read: readTime },
  for: { flags: '--for <time>', about: 'record no longer than this', read: readTime },
  task: {
    flags: '--task <name>',
    about: "of the task in the recording (if left out, the program's)",
    read: readTask,
  },
  trace: {
    flags: '--trace',
    about: 'what is read and written, byte for byte, by strace: as a .trace.csv.gz beside FILE',
    read: null,
  },
  calibrate: {
    flags: '--calibrate',
    about: 'measure first what memory and storage cost here, and let the recording have that',
    read: null,
  },
  quiet: { flags: '-q, --quiet', about: 'say nothing at the end', read: null },
  anonymous: { flags: '--anonymous', about: 'the trace has numbers in place of paths', read: null },
  files: {
    flags: '--files <files>',
    about:
      'that are read, if you know them: paths with commas between, or a size; reads then go round in them',
    read: readFiles,
  },
});

/** A size, or what is in files and folders. */
function readFiles(word: Word): { text: string; bytes: number } {
  if (/^\d/.test(word.text) && !existsSync(word.text)) return { text: word.text, bytes: readSize(word) };
  const bytes = word.text.split(',').reduce((sum, path) => sum + bytesIn(path, word.column), 0);
  return { text: `${size(bytes)} (${word.text})`, bytes };
}

function bytesIn(path: string, column: number): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Mistake(`there is no file '${path}'`, column);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

export type GivenRecord = Given<typeof RECORD_OPTIONS>;
type Values = OptionValues<typeof RECORD_OPTIONS>;

type Target =
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'cgroup'; readonly directory: string };

/** What is to be recorded, and how. */
export interface Asked {
  readonly target: Target;
  readonly output: string;
  /** What is there may be written anew. */
  readonly force: boolean;
  /** As people say what is recorded. */
  readonly title: string;
  readonly task: string;
  readonly quiet: boolean;
  /** ms. */
  readonly interval: number;
  readonly most: number | null;
  /** As it was given, and in bytes. */
  readonly files: { readonly text: string; readonly bytes: number } | null;
  /** What the machine's costs are is measured first. */
  readonly calibrate: boolean;
  /** Where the accesses go, and whether paths stay out of it; null: they are not traced. */
  readonly trace: { readonly path: string; readonly anonymous: boolean } | null;
}

export const readRecord = (words: readonly string[], given: GivenRecord): Asked | Mistake =>
  orMistake(() => checked(words, readTable(RECORD_OPTIONS, given)));

function checked(words: readonly string[], values: Values): Asked {
  const { output, force, files } = values;
  if (output === null) throw new Mistake('-o FILE says where the recording goes', 0);
  const target = readTarget(words, values);
  if (target.kind === 'command' && output === '-')
    throw new Mistake("standard output is the command's own: -o takes a file", 0);
  const interval = values.interval / 1e6;
  if (interval < FASTEST || interval > SLOWEST) throw new Mistake('--interval is from 5ms to 1m', 0);
  if (files !== null && target.kind === 'cgroup')
    throw new Mistake('--files is for processes: a cgroup tells its file memory', 0);
  const most = values.for === null ? null : values.for / 1e6;
  const task = values.task ?? taskOf(target);
  const trace = traceOf(target, output, values);
  const { calibrate, quiet } = values;
  const title = titleOf(target);
  return { target, output, force, title, task, quiet, interval, most, files, calibrate, trace };
}

function traceOf(target: Target, output: string, { trace, anonymous, files }: Values): Asked['trace'] {
  if (!trace) {
    if (anonymous) throw new Mistake('--anonymous is for --trace: else no paths are written', 0);
    return null;
  }
  if (target.kind !== 'command')
    throw new Mistake('--trace is for a command: what runs already is not stopped at its calls', 0);
  if (files !== null) throw new Mistake('--trace knows the files: --files is for recordings without it', 0);
  return { path: `${output.replace(/\.memcg$/, '')}.trace.csv.gz`, anonymous };
}

function readTarget(words: readonly string[], { pid, cgroup }: Values): Target {
  const ways = [words.length > 0, pid !== null, cgroup !== null].filter(Boolean).length;
  if (ways !== 1) throw new Mistake('it takes one of -- COMMAND..., --pid PID and --cgroup DIRECTORY', 0);
  if (cgroup !== null) return { kind: 'cgroup', directory: resolve(cgroup) };
  if (pid === null) {
    // Node would pass on something else.
    if (words.some((word) => /\p{Cs}/u.test(word)))
      throw new Mistake('an argument of the command is not UTF-8: put the command into a shell script', 0);
    return { kind: 'command', words };
  }
  const number = /^\d{1,9}$/.test(pid) ? Number(pid) : 0;
  if (number === 0) throw new Mistake(`--pid takes a number, '${pid}' is none`, 0);
  return { kind: 'pid', pid: number };
}

function taskOf(target: Target): string {
  switch (target.kind) {
    case 'command':
      return taskName(basename(target.words[0]));
    case 'cgroup':
      return taskName(basename(target.directory));
    case 'pid':
      return 'app';
  }
}

function titleOf(target: Target): string {
  switch (target.kind) {
    case 'command':
      return shortened(quote(target.words));
    case 'cgroup':
      return `the cgroup ${target.directory}`;
    case 'pid':
      return `process ${target.pid}`;
  }
}

const shortened = (text: string): string =>
  text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH)}...` : text;
