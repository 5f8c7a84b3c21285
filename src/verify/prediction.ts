import { basename, dirname } from 'node:path';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import { Machine, type MachineOptions, type Operation } from '../machine/machine.ts';
import type { Command } from '../script/command.ts';
import { Mistake } from '../script/mistake.ts';
import { bootScriptFile } from '../script/package-files.ts';
import { isOldRecording } from '../script/recorded.ts';
import type { RunResult } from '../script/result.ts';
import { runScript } from '../script/run.ts';
import { linesAt, linesOf, type ScriptLines, STDIN } from '../script/script-files.ts';
import { inTime } from '../script/steps.ts';
import type { TraceOpener } from '../script/traces.ts';
import { opened } from '../script/walk.ts';
import type { TheMachine } from '../script/world.ts';
import { traceOpener } from '../workload/trace-opener.ts';
import { carriedLines, type Standin } from './carry.ts';

/** What the emulated 6.1 makes of a script, and what it was asked to do: the same is asked of a real one. */

export interface Asked {
  /** A path. */
  readonly script: string;
  readonly group: string;
  readonly standin: Standin | null;
  readonly memory: Pages;
  /** Set with the limit, in the knobs of what stands for them. */
  readonly marks?: Marks;
  readonly signal: AbortSignal | null;
}

export interface Marks {
  readonly high: Pages;
  readonly low: Pages;
}

/** An operation, and what is known of it when all is over. */
export interface Step {
  readonly operation: Operation;
  /** Virtual time, ns, when it began. */
  readonly at: number;
  /** It was refused at once, and the script went on or ended. */
  readonly refused: boolean;
}

/** Where a trace is that a task reads. */
export interface TracePlace {
  readonly path: string;
  readonly format: string | null;
}

export interface Prediction {
  readonly result: RunResult;
  readonly steps: readonly Step[];
  readonly traces: ReadonlyMap<string, TracePlace>;
}

/** Writes that limit a cgroup. */
const LIMITS = /\/memory\.(max|high|reclaim|reclaim_loop\.\w+)$/;

/** `limit`: null is the script's own, 'none' takes away all that limit. Throws a Mistake for what the guest has not. */
export async function predict(asked: Asked, limit: Pages | null | 'none'): Promise<Prediction> {
  const { script, group, signal, memory } = asked;
  if (script === STDIN)
    throw new Mistake('a script that is run several times is a file, not standard input', 0);
  const { kernel = '2.6.26', cpus = 1, isRecording } = await headOf(script);
  const steps: Step[] = [];
  const traces = new Map<string, TracePlace>();
  const carrying = { kernel, standin: asked.standin, limited: limit !== null, isRecording };
  const own: Partial<MachineOptions> = asked.standin === 'reclaim-loop' ? { policy: 'reclaim-loop' } : {};
  const carriedFrom = (path: string): ScriptLines =>
    isBootScript(path)
      ? linesOf(path, process.stdin, signal)
      : carriedLines(linesOf(path, process.stdin, signal), carrying);
  const result = await runScript({
    script,
    stdin: process.stdin,
    lines: carriedFrom,
    boot: bootScriptFile,
    group,
    options: { kernel: '6.1', cpus: 1, memory, ...own },
    before: () => (limit === null || limit === 'none' ? [] : [limited(asked, limit)]),
    bootMachine: (options) => noting(options, steps, limit === 'none'),
    traces: remembering(traces),
    print: null,
    drained: () => Promise.resolve(),
    keepOutput: false,
    observer: null,
    history: false,
    signal,
    progress: () => {},
    clock: () => performance.now(),
  });
  // One task runs on one CPU at a time, however many there are.
  if (cpus > 1 && !isRecording && steps.filter(({ operation }) => operation.op === 'spawn').length > 1)
    throw new Mistake(`cpus=${cpus} for several tasks: the guest has one CPU: say cpus=1`, 0);
  return { result, steps, traces };
}

/** What a script says of its machine, and whether it is a recording: then that is where it was recorded. */
async function headOf(script: string): Promise<Partial<MachineOptions> & { readonly isRecording: boolean }> {
  const lines = linesOf(script, process.stdin);
  try {
    const some = await lines.next();
    if (some === null || 'kind' in some) return { isRecording: false };
    const { first } = await inTime(opened(script, linesAt([some])));
    return { ...first?.machine, isRecording: isOldRecording(some.lines) };
  } finally {
    lines.close();
  }
}

/** It is for 6.1 as it is. */
const isBootScript = (path: string): boolean =>
  dirname(path) === dirname(bootScriptFile()) && basename(path).startsWith('boot-linux-6.1');

function limited({ group, standin, marks }: Asked, limit: Pages): Command {
  const value = (name: string, size: Pages) => ({ name, value: `${size * PAGE_SIZE}`, column: 0 });
  const knobs =
    marks === undefined
      ? []
      : standin === 'memory.high'
        ? [value('memory.high', marks.high)]
        : [value('memory.reclaim_loop.target', marks.low), value('memory.reclaim_loop.start', marks.high)];
  return { name: 'set', cgroup: group, values: [value('memory.max', limit), ...knobs] };
}

/** A machine that writes down what it is told to do; without limits it lets none be set. */
function noting(options: Partial<MachineOptions>, steps: Step[], unlimited: boolean): TheMachine {
  const machine = Machine.boot(options);
  const perform = machine.perform.bind(machine);
  return Object.assign(machine, {
    perform: (operation: Operation) => {
      if (unlimited && operation.op === 'write' && LIMITS.test(operation.path))
        return { ok: true, value: undefined } as const;
      const at = machine.now;
      const answer = perform(operation);
      steps.push({ operation, at, refused: answer?.ok === false });
      return answer;
    },
  });
}

function remembering(places: Map<string, TracePlace>): TraceOpener {
  return {
    ...traceOpener,
    open: async (path, format, signal) => {
      const source = await traceOpener.open(path, format, signal);
      places.set(source.id, { path, format });
      return source;
    },
  };
}
