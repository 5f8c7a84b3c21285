import type { Observer } from '../kernel/trace.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import type { MachineOptions } from '../machine/machine.ts';
import type { Command } from './command.ts';
import type { Pacer } from './drive.ts';
import type { RunResult } from './result.ts';
import { ScriptRunner } from './runner.ts';
import type { ScriptLines } from './script-files.ts';
import type { TraceOpener } from './traces.ts';
import type { TheMachine } from './world.ts';

/** The boot script's path, or how it goes by the machine's options; null: a bare machine. */
export type BootScript = string | null | ((options: Partial<MachineOptions>) => string);

/** How a script is to be run. */
export interface RunSettings {
  /** A path, or `-`. */
  readonly script: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** The lines of the script at a path; if left out, those of the file there, or of `stdin`. */
  readonly lines?: (path: string) => ScriptLines;
  readonly boot: BootScript;
  readonly group: string;
  /** What the command line says of the machine; it has the last word. */
  readonly options: Partial<MachineOptions>;
  /** Commands of the command line, run between the boot script and the first line. */
  readonly before: (machine: TheMachine) => readonly Command[];
  readonly bootMachine: (options: Partial<MachineOptions>) => TheMachine;
  readonly traces: TraceOpener;
  /** Where what commands print goes as they print it; null: nowhere. */
  readonly print: ((text: string) => void) | null;
  /** Awaited between lines now and andThen, so that what is printed can flow off. */
  readonly drained: () => Promise<void>;
  /** Keeps what commands print in the result. */
  readonly keepOutput: boolean;
  readonly observer: Observer | null;
  /** Keeps usage and marks over time in the result; if left out, it does. */
  readonly history?: boolean;
  /** Keeps a timeline in the result, for pictures; if left out, none. */
  readonly timeline?: boolean;
  /** Holds the machine back; if left out, it goes as fast as it can. */
  readonly pacer?: Pacer;
  readonly signal: AbortSignal | null;
  readonly progress: (now: Nanoseconds) => void;
  /** The wall clock, ms. */
  readonly clock: () => number;
}

/**
 * Runs one script on a machine of its own: boots what its first command or the
 * boot script's says, runs the boot script, then the lines up to the first error.
 * Rejects only if this program is wrong.
 */
export async function runScript(settings: RunSettings): Promise<RunResult> {
  const started = settings.clock();
  const runner = new ScriptRunner(settings);
  await runner.run();
  return runner.result(settings.clock() - started);
}
