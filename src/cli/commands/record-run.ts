import { existsSync } from 'node:fs';
import { aboutCgroup, aboutProcesses } from '../../workload/record/about.ts';
import { start } from '../../workload/record/command.ts';
import { OwnIo } from '../../workload/record/own-io.ts';
import { ProcessTree } from '../../workload/record/process-tree.ts';
import { RealCgroup } from '../../workload/record/real-cgroup.ts';
import { type End, record } from '../../workload/record/recorder.ts';
import { Recording } from '../../workload/record/recording.ts';
import type { Sample } from '../../workload/record/sample.ts';
import type { About } from '../../workload/record/script-head.ts';
import { summary } from '../../workload/record/script-head.ts';
import type { Source } from '../../workload/record/source.ts';
import { timeText } from '../../workload/record/step-text.ts';
import type { Asked } from './record.ts';

/** `memcg record`, when it is known what is to be recorded. Each resolves with the exit status. */

const WORLD_FAILED = 3;
const INTERRUPTED = 130;
const clock = (): number => performance.now();

/** Runs a command and records it. The recording is nothing that could keep the command from ending. */
export async function recordCommand(asked: Asked): Promise<number> {
  if (asked.target.kind !== 'command' || !hasProc()) return WORLD_FAILED;
  const { words } = asked.target;
  const recording = new Recording(asked.output, processes(asked), asked.files?.bytes ?? null);
  if (recording.failure !== null) return complain(recording.failure, WORLD_FAILED);

  const ownIo = new OwnIo();
  const began = clock();
  const command = await start(words);
  if ('why' in command) {
    recording.end([], command.why);
    return complain(command.why, command.status);
  }
  const tree = ProcessTree.of(command.pid, true, clock, asked.interval);
  const over = new AbortController();
  const exit = command.ended.finally(() => over.abort());
  const end = tree === null ? 'gone' : await record(tree, recording, { ...asked, clock }, over.signal);
  tellFailure(recording);
  const { status, signal } = await exit;
  if (end !== 'enough') recording.add(lastSample(recording, ownIo, Math.round((clock() - began) * 1e6)));
  const wasFine = recording.failure === null;
  const notes = tree === null ? [] : notesOf(tree, tree);
  recording.end(notes, signal === null || end === 'enough' ? null : `${signal} ended the command`);
  tree?.close();
  tellEnd(asked, recording, wasFine);
  return status === 0 && recording.failure !== null ? WORLD_FAILED : status;
}

/** What the command came to in the end, which nobody looked at. */
function lastSample({ last, written }: Recording, ownIo: OwnIo, time: number): Sample {
  const io = ownIo.since(written);
  return {
    ...last,
    time: Math.max(last.time, time),
    peak: last.anon,
    read: Math.max(last.read, io?.read ?? 0),
    written: Math.max(last.written, io?.written ?? 0),
  };
}

/** Records a process or a cgroup that is there already. */
export async function recordSource(asked: Asked): Promise<number> {
  const { target } = asked;
  if (target.kind === 'command' || !hasProc()) return WORLD_FAILED;
  const source =
    target.kind === 'pid'
      ? ProcessTree.of(target.pid, false, clock, asked.interval)
      : RealCgroup.at(target.directory);
  if (source === null) return complain('there is no such process', WORLD_FAILED);
  if (typeof source === 'string') return complain(source, WORLD_FAILED);
  const about =
    source instanceof RealCgroup
      ? aboutCgroup(titled(asked), asked.task, `${asked.interval}ms`, source.version)
      : processes(asked);
  // Before there is a file: whoever sees that may send ^C.
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupt.abort());
  const recording = new Recording(asked.output, about, asked.files?.bytes ?? null);
  if (recording.failure !== null) return complain(recording.failure, WORLD_FAILED);

  const end = await record(source, recording, { ...asked, clock }, interrupt.signal);
  const cut = cutShort(end, asked);
  const wasFine = recording.failure === null;
  recording.end(
    source instanceof ProcessTree ? notesOf(source, source) : [...source.notes],
    cut?.why ?? null,
  );
  source.close();
  tellEnd(asked, recording, wasFine);
  if (recording.failure !== null) {
    if (!wasFine) tellFailure(recording);
    return WORLD_FAILED;
  }
  return cut === null ? 0 : complain(cut.why, cut.status);
}

/** null: it came to the end that was asked for. */
function cutShort(end: End, { target, most }: Asked): { why: string; status: number } | null {
  if (end === 'aborted') return { why: 'interrupted', status: INTERRUPTED };
  if (end !== 'gone' || most === null) return null;
  const what = target.kind === 'cgroup' ? 'the cgroup was removed' : 'the process ended';
  return { why: `${what} before ${timeText(most * 1e6)} were over`, status: WORLD_FAILED };
}

const titled = ({ title }: Asked): string => `${title}, recorded by memcg record`;

const processes = (asked: Asked): About =>
  aboutProcesses(titled(asked), asked.task, `${asked.interval}ms`, asked.files?.text ?? null);

function notesOf({ seen, most }: ProcessTree, { notes }: Source): string[] {
  return seen > 1 ? [`${seen} processes were seen, ${most} at once`, ...notes] : [...notes];
}

function hasProc(): boolean {
  if (existsSync('/proc/self/status')) return true;
  complain('there is no /proc here: record needs Linux; import takes samples from elsewhere', WORLD_FAILED);
  return false;
}

function tellFailure({ failure, last }: Recording): void {
  if (failure !== null) complain(`${failure}: the recording ends at ${timeText(last.time)}`, WORLD_FAILED);
}

/** What became of it, for people at a terminal; standard error is the command's otherwise. */
function tellEnd({ output }: Asked, recording: Recording, wasFine: boolean): void {
  const { failure, totals } = recording;
  if (failure !== null && wasFine) tellFailure(recording);
  else if (failure === null && process.stderr.isTTY)
    process.stderr.write(`memcg: ${output}: ${timeText(totals.time)}, ${summary(totals)}\n`);
}

function complain(why: string, status: number): number {
  process.stderr.write(`memcg: record: ${why}\n`);
  return status;
}
