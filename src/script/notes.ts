import type { TraceEvent, TraceEventType } from '../kernel/trace.ts';
import { ns } from '../kernel/units.ts';
import { withoutNewline } from './control-file.ts';
import {
  type FailedExpectation,
  MAX_KEPT,
  type OutputLine,
  type Position,
  type RunResult,
  type Warning,
} from './result.ts';
import type { Check } from './world.ts';

/** What is noted down while a script runs, as much of it as memory allows. */
export class Notes {
  readonly #events: Record<TraceEventType, number> = {
    start: 0,
    stop: 0,
    wake: 0,
    sleep: 0,
    pass: 0,
    nap: 0,
    'limit-failure': 0,
    stall: 0,
    'oom-kill': 0,
    warning: 0,
  };
  readonly #warnings: Warning[] = [];
  readonly #output: OutputLine[] = [];
  #passed = 0;
  readonly #failed: FailedExpectation[] = [];
  #omitted = 0;
  #printed = '';

  readonly #keepOutput: boolean;

  constructor(keepOutput: boolean) {
    this.#keepOutput = keepOutput;
  }

  /** Their part of a result. */
  get parts(): Pick<RunResult, 'expectations' | 'warnings' | 'output' | 'events'> {
    const expectations = { passed: this.#passed, failed: this.#failed, omitted: this.#omitted };
    return { expectations, warnings: this.#warnings, output: this.#output, events: this.#events };
  }

  event(event: TraceEvent): void {
    this.#events[event.type] += 1;
    if (event.type !== 'warning' || this.#warnings.length >= MAX_KEPT) return;
    const { time, cgroup, text, floor } = event;
    this.#warnings.push({ time, cgroup, text, floor });
  }

  check({ passed, text, found }: Check, at: Position): void {
    if (passed) this.#passed += 1;
    else if (this.#failed.length < MAX_KEPT) this.#failed.push({ ...at, text, found });
    else this.#omitted += 1;
  }

  /** Part of what a command prints. */
  print(text: string): void {
    if (this.#keepOutput && this.#output.length < MAX_KEPT) this.#printed += text;
  }

  /** The command at this position has ended. */
  endOf({ file, line }: Position): void {
    if (this.#printed === '') return;
    this.#output.push({ file, line, text: withoutNewline(this.#printed) });
    this.#printed = '';
  }
}

/** The result of a script that nobody could begin to run. */
export const nothingRan = (script: string): RunResult => ({
  ...new Notes(false).parts,
  script,
  ok: true,
  options: null,
  virtualNs: ns(0),
  realMs: 0,
  cgroups: [],
  tasks: [],
  timeline: null,
  error: null,
});
