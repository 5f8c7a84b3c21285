import { basename } from 'node:path';
import { quote } from '../../script/words.ts';
import { ioTask } from './about.ts';
import { AccessTrace } from './access-trace.ts';
import type { Recording } from './recording.ts';
import type { Sample, Source } from './sample.ts';
import { timeText } from './step-text.ts';
import { Strace } from './strace.ts';

/** How long strace is waited for when the command has ended, ms: what still runs then was left behind by it. */
const PATIENCE = 500;

export interface TraceAsked {
  readonly path: string;
  /** Files are named by numbers. */
  readonly anonymous: boolean;
}

/** A command whose accesses go into a trace of their own, beside the samples of its memory. */
export class TracedCommand {
  readonly trace: AccessTrace;
  readonly #strace: Strace;
  readonly #task: string;
  #begun = false;

  constructor(command: readonly string[], task: string, { path, anonymous }: TraceAsked) {
    this.#task = task;
    this.trace = new AccessTrace(path, anonymous);
    this.#strace = new Strace(command, (access, name) => this.trace.add(access, name));
  }

  /** The command with strace round it. */
  get words(): readonly string[] {
    return this.#strace.words;
  }

  /** The samples of a source without its reads and writes, which the trace has; begins the trace in its time. */
  source(source: Source, recording: Recording): Source {
    return {
      look: (time) => {
        const sample = source.look(time);
        this.begin(recording);
        return sample === null ? null : withoutIo(sample);
      },
      notes: source.notes,
      close: () => source.close(),
    };
  }

  /** Writes the line that starts the trace, once there is something in it. */
  begin(recording: Recording): void {
    if (this.#begun || this.trace.first === null) return;
    this.#begun = true;
    const io = ioTask(this.#task);
    const start = `start ${io} trace ${quote([basename(this.trace.path)])}`;
    recording.addLine(`at ${timeText(this.trace.first * 1e9)} --late\nspawn ${io}\n${start}`, 0);
  }

  /** Resolves with what a reader of the recording should know, when all that was traced is written. */
  async end(): Promise<string[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), PATIENCE);
    });
    const left = await Promise.race([this.#strace.ended, late]);
    clearTimeout(timer);
    this.#strace.close();
    await this.trace.end();
    const daemons = 'it left processes behind: what they did after it had ended is not in it';
    return [...this.#strace.notes, ...(left === 'late' ? [daemons] : [])];
  }
}

const withoutIo = (sample: Sample): Sample => ({ ...sample, read: 0, written: 0, fetched: 0 });
