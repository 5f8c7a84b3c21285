import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { count, size } from '../../kernel/numbers.ts';
import { Mistake } from '../../script/mistake.ts';
import { checkOutput } from '../../script/output-file.ts';
import { EXIT } from '../../script/result.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { quote } from '../../script/words.ts';
import { aboutCgroup, aboutProcesses, aboutTraced } from '../../workload/record/about.ts';
import { start, whyNotStarted } from '../../workload/record/command.ts';
import type { Moved } from '../../workload/record/moved.ts';
import { OwnIo } from '../../workload/record/own-io.ts';
import { WatchedProcess } from '../../workload/record/process.ts';
import { ProcessTree, type Watching } from '../../workload/record/process-tree.ts';
import { readAheadOf } from '../../workload/record/read-ahead.ts';
import { RealCgroup } from '../../workload/record/real-cgroup.ts';
import { type End, record as watch } from '../../workload/record/recorder.ts';
import { Recording } from '../../workload/record/recording.ts';
import type { Sample, Source } from '../../workload/record/sample.ts';
import type { About } from '../../workload/record/script-head.ts';
import { howSure, summary } from '../../workload/record/script-head.ts';
import { selfSizing, sizedAdvice } from '../../workload/record/self-sizing.ts';
import { timeText } from '../../workload/record/step-text.ts';
import { whyNoStrace } from '../../workload/record/strace.ts';
import { Strays } from '../../workload/record/strays.ts';
import { TracedCommand } from '../../workload/record/traced-command.ts';
import { type Asked, type GivenRecord, RECORD_OPTIONS, readRecord } from '../options/record.ts';
import { withOptions } from '../options/table.ts';
import { complain, misuse, say } from '../output/say.ts';

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

export const record = (): Command =>
  withOptions(new Command('record'), RECORD_OPTIONS)
    .description('Records how a real program uses memory and files, as a script.')
    .argument('[command...]', 'the program to run, and its arguments; put -- before it')
    .passThroughOptions()
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], given: GivenRecord) => {
      const asked = readRecord(words, given);
      if (asked instanceof Mistake) return misuse(`record: ${asked.message}`);
      process.exitCode = await (asked.target.kind === 'command' ? recordCommand(asked) : recordSource(asked));
    });

const clock = (): number => performance.now();

const watching = ({ interval, files }: Asked): Watching => ({
  clock,
  interval,
  files: files?.bytes ?? null,
});

/** Runs a command and records it. The recording is nothing that could keep the command from ending. */
async function recordCommand(asked: Asked): Promise<number> {
  if (asked.target.kind !== 'command' || !hasProc()) return EXIT.world;
  const { words } = asked.target;
  const untraceable = asked.trace === null ? null : whyNoStrace();
  if (untraceable !== null) return fail(`--trace: ${untraceable}`, EXIT.world);
  // Before there is a recording of nothing; and strace would say it in its own words, with another status.
  const missing = whyNotStarted(words[0]);
  if (missing !== null) return fail(missing.why, missing.status);
  const unwritable = whyNotWritten(asked);
  if (unwritable !== null) return fail(unwritable, EXIT.world);
  const costs = await costsHere(asked);
  const recording = recordingOf(asked, costs, processesOf(asked, sizedCommand(words)));
  if (recording.failure !== null) return fail(recording.failure, EXIT.world);

  const ownIo = new OwnIo();
  const strays = new Strays();
  const traced = asked.trace && new TracedCommand(words, strays.mark, asked.task, asked.trace);
  const began = clock();
  if (traced !== null) traced.trace.began = Math.round((performance.timeOrigin + began) * 1000);
  const command = await start(traced?.words ?? words, traced === null ? strays.mark : null);
  if ('why' in command) {
    recording.end([], command.why);
    return fail(command.why, command.status);
  }
  if (traced !== null) await Promise.race([traced.begun(), command.ended]);
  const tree = ProcessTree.of(command.pid, strays, watching(asked));
  tree?.forewarn(sizedCommand(words));
  const over = new AbortController();
  const exit = command.ended.then(async (ended) => {
    const left = tree === null ? [] : await leftBehind(tree);
    if (left.length === 0 || asked.most === null) over.abort();
    return { ...ended, left };
  });
  const source = tree === null || traced === null ? tree : traced.source(tree, recording, clock);
  const end = source === null ? 'gone' : await watch(source, recording, { ...asked, clock }, over.signal);
  tellFailure(recording);
  const { status, signal, left } = await exit;
  const notes = tree === null ? [] : notesOf(tree, source ?? tree);
  const time = Math.round((clock() - began) * 1e6);
  if (end !== 'enough' && traced === null)
    recording.add(lastSample(recording, tree, ownIo.since(recording.written), time));
  if (traced !== null)
    notes.push(...(await endTrace(traced, command.pid, recording, end === 'enough' ? null : time)));
  const wasFine = recording.failure === null;
  recording.end(notes, end === 'enough' ? null : cutShortBy(signal, end === 'gone' ? [] : left));
  tree?.close();
  tellEnd(asked, recording, notes, wasFine);
  return status === 0 && recording.failure !== null ? EXIT.world : status;
}

/** Who is there still when the command is over, and a moment later. */
async function leftBehind(tree: ProcessTree): Promise<string[]> {
  for (const until = clock() + FAREWELL; ; await setTimeout(FAREWELL_POLL)) {
    const left = tree.left();
    if (left.length === 0 || clock() >= until) return left;
  }
}

/** Processes of a command that ends may take so long to end as well, ms. */
const FAREWELL = 1_000;
const FAREWELL_POLL = 10;

function cutShortBy(signal: NodeJS.Signals | null, left: readonly string[]): string | null {
  if (signal !== null) return `${signal} ended the command`;
  if (left.length === 0) return null;
  return `the command has ended and left ${left.join(', ')} behind: what they did later is not in it (--for TIME goes on with them)`;
}

/** Writes down what is left of the trace, and of the command that has ended, at `time`; answers what there is to be said of it. */
async function endTrace(
  traced: TracedCommand,
  pid: number,
  recording: Recording,
  time: number | null,
): Promise<string[]> {
  const addLast = (): void => {
    if (time !== null) recording.add(traced.ended(recording.last, time));
  };
  try {
    const notes = await traced.end(pid);
    traced.begin(recording);
    addLast();
    const { accesses, read, written, mapped } = traced.trace.totals;
    recording.totals = { ...recording.totals, read, written };
    return [
      ...notes,
      `the trace has ${count(accesses)} accesses to files; ${size(mapped)} of files were mapped`,
      traced.cost,
    ];
  } catch (error) {
    if (!isSystemError(error)) throw error;
    addLast();
    return [`${traced.trace.path} could not be written in full: ${systemText(error)}`];
  }
}

/** What the command came to in the end, which nobody looked at. */
function lastSample({ last }: Recording, tree: ProcessTree | null, io: Moved | null, time: number): Sample {
  const end = Math.max(last.time, time);
  return tree === null || io === null ? { ...last, time: end, peak: last.anon } : tree.ended(end, io);
}

/** Records a process or a cgroup that is there already. */
async function recordSource(asked: Asked): Promise<number> {
  const { target } = asked;
  if (target.kind === 'command' || !hasProc()) return EXIT.world;
  if (target.kind === 'pid' && WatchedProcess.isKernelThread(target.pid))
    return fail(`process ${target.pid} is a thread of the kernel's: it has no memory of its own`, EXIT.world);
  const source =
    target.kind === 'pid'
      ? ProcessTree.of(target.pid, null, watching(asked))
      : RealCgroup.at(target.directory);
  if (source === null) return fail('there is no such process', EXIT.world);
  if (typeof source === 'string') return fail(source, EXIT.world);
  const unwritable = whyNotWritten(asked);
  if (unwritable !== null) return fail(unwritable, EXIT.world);
  const costs = await costsHere(asked);
  if (source instanceof ProcessTree) source.forewarn([...source.sized]);
  const about =
    source instanceof RealCgroup
      ? aboutCgroup(titled(asked), asked.task, `${asked.interval}ms`, source.version, source.pressed)
      : processesOf(asked, [...source.sized]);
  // Before there is a file: whoever sees that may send ^C.
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupt.abort());
  const recording = recordingOf(asked, costs, about);
  if (recording.failure !== null) return fail(recording.failure, EXIT.world);

  const end = await watch(source, recording, { ...asked, clock }, interrupt.signal);
  const cut = cutShort(end, asked);
  const wasFine = recording.failure === null;
  const notes = source instanceof ProcessTree ? notesOf(source, source) : [...source.notes];
  recording.end(notes, cut?.why ?? null);
  source.close();
  tellEnd(asked, recording, notes, wasFine);
  if (recording.failure !== null) {
    if (!wasFine) tellFailure(recording);
    return EXIT.world;
  }
  return cut === null ? 0 : fail(cut.why, cut.status);
}

/** What was recorded can't be had again: it is not lost without a word. null: nothing is. */
function whyNotWritten({ output, trace, force }: Asked): string | null {
  for (const path of [output, ...(trace === null ? [] : [trace.path])]) {
    try {
      if (path !== '-') checkOutput(path, force);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return `${path}: ${systemText(error)}`;
    }
  }
  return null;
}

/** null: it came to the end that was asked for. */
function cutShort(end: End, { target, most }: Asked): { why: string; status: number } | null {
  if (end === 'aborted') return { why: 'interrupted', status: EXIT.interrupted };
  if (end !== 'gone' || most === null) return null;
  const what = target.kind === 'cgroup' ? 'the cgroup was removed' : 'the process ended';
  return { why: `${what} before ${timeText(most * 1e6)} were over`, status: EXIT.world };
}

const titled = ({ title }: Asked): string => `${title}, recorded by memcg record`;

function recordingOf({ output, files }: Asked, costs: string | null, about: About): Recording {
  return new Recording(output, costs === null ? about : { ...about, costs }, files?.bytes ?? null);
}

/** As words of a machine line; null: nothing can be written there, which is said. */
async function costsHere({ output, calibrate }: Asked): Promise<string | null> {
  if (!calibrate) return null;
  const folder = dirname(output);
  // They ask for the machine's own costs: all of the machine would be read for each recording.
  const { costsOf, costWords } = await import('../../workload/calibrate/costs.ts');
  const { measure } = await import('../../workload/calibrate/measure.ts');
  try {
    return costWords(costsOf(measure(folder)));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    say(`record: --calibrate: ${folder}: ${systemText(error)}`);
    return null;
  }
}

function processes(asked: Asked): About {
  const interval = `${asked.interval}ms`;
  return asked.trace === null
    ? aboutProcesses(titled(asked), asked.task, interval, asked.files?.text ?? null)
    : aboutTraced(titled(asked), asked.task, interval, basename(asked.trace.path), readAheadOf('.'));
}

function notesOf({ seen, most }: ProcessTree, { notes }: Source): string[] {
  return seen > 1 ? [`${seen} processes were seen, ${most} at once`, ...notes] : [...notes];
}

/** With what is known of it before it runs, or goes on. */
function processesOf(asked: Asked, sized: readonly string[]): About {
  const about = processes(asked);
  return sized.length === 0 ? about : { ...about, warning: sizedAdvice(sized.join('; ')) };
}

function sizedCommand([word, ...rest]: readonly string[]): string[] {
  const environment = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
  const why = selfSizing({ name: basename(word), words: [word, ...rest], environment });
  return why === null ? [] : [why];
}

function hasProc(): boolean {
  if (existsSync('/proc/self/status')) return true;
  fail('there is no /proc here: record needs Linux; import takes samples from elsewhere', EXIT.world);
  return false;
}

function tellFailure({ failure, last }: Recording): void {
  if (failure !== null) fail(`${failure}: the recording ends at ${timeText(last.time)}`, EXIT.world);
}

/** What became of it, how sure that is, and what can be done with it. */
function tellEnd({ output, quiet }: Asked, recording: Recording, notes: readonly string[], wasFine: boolean) {
  const { failure, totals, about } = recording;
  if (failure !== null && wasFine) tellFailure(recording);
  if (failure !== null || quiet || totals.samples === 0) return;
  say(`${output}: ${timeText(totals.time)}, ${summary(totals, about.traced !== undefined)}`);
  say(`how sure: ${howSure(about, totals)}`);
  for (const note of [...(about.warning === undefined ? [] : [about.warning]), ...notes]) say(note);
  if (output !== '-') say(`next: memcg replay ${quote([output])} --limit 70%`);
}

const fail = (why: string, status: number): number => complain(`record: ${why}`, status);
