import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { Mistake } from '../../script/mistake.ts';
import { readSize, readTask, readTime } from '../../script/values.ts';
import { quote } from '../../script/words.ts';
import { taskName } from '../../workload/record/script-head.ts';
import { misuse } from '../on-session.ts';

interface Given {
  readonly output?: string;
  readonly pid?: string;
  readonly cgroup?: string;
  readonly interval: string;
  readonly for?: string;
  readonly task?: string;
  readonly files?: string;
  readonly trace?: boolean;
  readonly anonymous?: boolean;
}

const EXAMPLES = `
The recording is a script: \`memcg replay\` runs it, and a person can read and edit it.
Its head says how it was made, by which rule it stands for what can't be seen, and what is lost.

Examples
  memcg record -o build.memcg -- npm ci && memcg replay build.memcg --limit 256M
  memcg record --trace -o db.memcg -- sqlite3 load.db '.read load.sql'
  memcg record -o db.memcg --pid "$(pidof postgres)" --for 60s
  memcg record -o web.memcg --cgroup /sys/fs/cgroup/system.slice/nginx.service

Exit status: the command's (128 and the signal's number when a signal ended it), 127 when there is no such
command; else 0 done; 2 wrong usage; 3 nothing to record or the file can't be written; 130 interrupted.`;

const TITLE_LENGTH = 100;
/** Nothing changes faster than can be seen; nothing slower is a recording, ms. */
const FASTEST = 5;
const SLOWEST = 60_000;

/** `memcg record -o FILE -- COMMAND...` */
export function command(): Command {
  return new Command('record')
    .description('Records how a real program uses memory and files, as a script.')
    .argument('[command...]', 'the program to run, and its arguments; put -- before it')
    .passThroughOptions()
    .option('-o, --output <file>', 'where the recording goes; - is standard output')
    .option('--pid <pid>', 'record a running process and its descendants, until it ends or ^C')
    .option('--cgroup <directory>', 'record a cgroup of this host, of version 1 or 2')
    .option('--interval <time>', 'between two looks', '50ms')
    .option('--for <time>', 'record no longer than this')
    .option('--task <name>', "of the task in the recording (if left out, the program's)")
    .option('--trace', 'what is read and written, byte for byte, by strace: as FILE.trace.csv.gz beside it')
    .option('--anonymous', 'the trace has numbers in place of paths')
    .option('--files <size>', 'of the files that are read, if you know it: reads then go round in them')
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], given: Given) => {
      const asked = readAsked(words, given);
      if (asked instanceof Mistake) return misuse(`record: ${asked.message}`);
      const { recordCommand, recordSource } = await import('./record-run.ts');
      process.exitCode =
        asked.target.kind === 'command' ? await recordCommand(asked) : await recordSource(asked);
    });
}

export type Target =
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'cgroup'; readonly directory: string };

/** What is to be recorded, and how. */
export interface Asked {
  readonly target: Target;
  readonly output: string;
  /** As people say what is recorded. */
  readonly title: string;
  readonly task: string;
  /** ms. */
  readonly interval: number;
  readonly most: number | null;
  /** As it was given, and in bytes. */
  readonly files: { readonly text: string; readonly bytes: number } | null;
  /** Where the accesses go, and whether paths stay out of it; null: they are not traced. */
  readonly trace: { readonly path: string; readonly anonymous: boolean } | null;
}

function readAsked(words: readonly string[], given: Given): Asked | Mistake {
  try {
    if (given.output === undefined) throw new Mistake('-o FILE says where the recording goes', 0);
    const target = readTarget(words, given);
    if (target.kind === 'command' && given.output === '-')
      throw new Mistake("standard output is the command's own: -o takes a file", 0);
    const interval = readTime({ text: given.interval, column: 0 }) / 1e6;
    if (interval < FASTEST || interval > SLOWEST) throw new Mistake('--interval is from 5ms to 1m', 0);
    const most = given.for === undefined ? null : readTime({ text: given.for, column: 0 }) / 1e6;
    const task = given.task === undefined ? taskOf(target) : readTask({ text: given.task, column: 0 });
    const files =
      given.files === undefined
        ? null
        : { text: given.files, bytes: readSize({ text: given.files, column: 0 }) };
    if (files !== null && target.kind === 'cgroup')
      throw new Mistake('--files is for processes: a cgroup tells its file memory', 0);
    const trace = readTrace(target, given.output, given);
    return { target, output: given.output, title: titleOf(target), task, interval, most, files, trace };
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}

function readTrace(target: Target, output: string, { trace, anonymous, files }: Given): Asked['trace'] {
  if (trace !== true) {
    if (anonymous === true) throw new Mistake('--anonymous is for --trace: else no paths are written', 0);
    return null;
  }
  if (target.kind !== 'command')
    throw new Mistake('--trace is for a command: what runs already is not stopped at its calls', 0);
  if (files !== undefined)
    throw new Mistake('--trace knows the files: --files is for recordings without it', 0);
  return { path: `${output.replace(/\.memcg$/, '')}.trace.csv.gz`, anonymous: anonymous === true };
}

function readTarget(words: readonly string[], { pid, cgroup }: Given): Target {
  const ways = [words.length > 0, pid !== undefined, cgroup !== undefined].filter(Boolean).length;
  if (ways !== 1) throw new Mistake('it takes one of -- COMMAND..., --pid PID and --cgroup DIRECTORY', 0);
  if (cgroup !== undefined) return { kind: 'cgroup', directory: resolve(cgroup) };
  if (pid === undefined) {
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
