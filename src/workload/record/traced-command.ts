import { basename } from 'node:path';
import { count } from '../../kernel/numbers.ts';
import { quote } from '../../script/words.ts';
import { ioTask } from './about.ts';
import { AccessTrace } from './access-trace.ts';
import { MappedFiles } from './mapped-files.ts';
import type { ProcessTree } from './process-tree.ts';
import type { Recording } from './recording.ts';
import { Referenced } from './referenced.ts';
import type { Sample, Source } from './sample.ts';
import { timeText } from './step-text.ts';
import { costOfCall, Strace, sizeOf } from './strace.ts';

export interface TraceAsked {
  readonly path: string;
  /** Files are named by numbers. */
  readonly anonymous: boolean;
}

/** A command whose accesses go into a trace of their own, beside the samples of its memory. */
export class TracedCommand {
  readonly trace: AccessTrace;
  readonly #strace: Strace;
  readonly #files = new MappedFiles(sizeOf);
  readonly #task: string;
  #begun = false;
  /** What storage had delivered at the last look, bytes. */
  #fetched = 0;
  #around = 0;
  readonly #costOfCall = costOfCall();

  /** `environment`: NAME=VALUE, of the command alone. */
  constructor(
    command: readonly string[],
    environment: string,
    task: string,
    { path, anonymous }: TraceAsked,
  ) {
    this.#task = task;
    this.trace = new AccessTrace(path, anonymous);
    this.#strace = new Strace(command, environment, (access, name) => {
      if (access.kind === 'map') this.#files.map(name, access.size);
      this.trace.add(access, name);
    });
  }

  /** The command with strace round it. */
  get words(): readonly string[] {
    return this.#strace.words;
  }

  /** Resolves when the command has taken the place of strace, or never will. */
  begun(): Promise<void> {
    return this.#strace.begun();
  }

  /** The samples of a source without its reads and writes, which the trace has; begins the trace in its time. */
  source(source: ProcessTree, recording: Recording, clock: () => number): Source {
    const referenced = new Referenced(clock);
    return {
      look: (time) => {
        const sample = source.look(time);
        this.begin(recording);
        if (sample === null) return null;
        this.#fetched = sample.fetched;
        const touched = referenced.look(source.pids, this.#files);
        // Nobody has looked at those who lived between two looks, or what they had in the end.
        const unseen = this.#strace.memory.look(source.anon, this.trace.began + time / 1000);
        const peak = Math.max(sample.peak, sample.anon + unseen);
        return { ...this.#mapped(withoutIo(sample)), peak, touched };
      },
      get notes() {
        const denied = 'which of its memory is used again is not told here: it is touched once';
        return referenced.denied ? new Set([...source.notes, denied]) : source.notes;
      },
      close: () => source.close(),
    };
  }

  /** What the command came to in the end, which nobody looked at; to be asked when all is told. */
  ended(last: Sample, time: number): Sample {
    this.#files.looked();
    this.#files.looked();
    const peak = Math.max(last.anon, this.#strace.memory.look(new Map(), 0));
    // What storage has delivered and no call has asked for by now, nobody will.
    const mapped = Math.max(last.mapped, this.#fetched - this.trace.totals.read);
    return this.#mapped({ ...last, time: Math.max(last.time, time), peak, mapped });
  }

  /** With what is mapped, and what is only read round that: the only reads that the trace has not. */
  #mapped(sample: Sample): Sample {
    const mapped = Math.max(sample.mapped, this.#files.total);
    this.#around = Math.max(this.#around, this.#files.cached - mapped);
    return { ...sample, mapped, read: this.#around };
  }

  /** Writes the line that starts the trace, once there is something in it. */
  begin(recording: Recording): void {
    if (this.#begun || this.trace.first === null) return;
    this.#begun = true;
    const io = ioTask(this.#task);
    const start = `start ${io} trace ${quote([basename(this.trace.path)])}`;
    recording.addLine(
      `at ${timeText(this.trace.first * 1e9)} --late\nspawn ${io} --rereads known\n${start}`,
      0,
    );
  }

  /** What being traced has cost the program, in one sentence. */
  get cost(): string {
    const stopped = `strace stopped it at ${count(this.#strace.calls)} calls`;
    if (this.#costOfCall === null) return `${stopped}; what that cost it is unknown`;
    const all = (this.#strace.calls * this.#costOfCall) / 1e6;
    return `${stopped}, each for ${this.#costOfCall.toFixed(1)}us as measured before: that cost its processes ${all.toFixed(2)}s together`;
  }

  /**
   * Resolves with what a reader of the recording should know, when all is written that was done up to the
   * command's end: strace has seen that before anybody else, but its words may still be on their way.
   */
  async end(pid: number): Promise<string[]> {
    await this.#strace.over(pid);
    this.#strace.close();
    await this.trace.end();
    return [...this.#strace.notes];
  }
}

const withoutIo = (sample: Sample): Sample => ({ ...sample, read: 0, written: 0, fetched: 0 });
