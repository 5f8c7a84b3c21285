import { parentPort, workerData } from 'node:worker_threads';
import { Machine } from '../../machine/machine.ts';
import { type AskedMarks, marksCommands } from '../../script/given-marks.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { type RunSettings, runScript } from '../../script/run.ts';
import { sharing } from '../../script/shared-traces.ts';
import { wallTime } from '../../script/wall-time.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { streamOf } from '../input.ts';

/** What runs in a thread beside `memcg replay`: its share of the runs of one script, at once. */

/** What it is given, and what is sent to it; it sends back the results, in the order of `marks`. */
export interface Share
  extends Pick<RunSettings, 'script' | 'group' | 'options' | 'keepOutput' | 'history' | 'timeline'> {
  /** Left out: as usual. */
  readonly boot?: string | null;
  /** The script, where that was standard input. */
  readonly input: Uint8Array | null;
  readonly policies: AskedMarks['policies'];
  /** Of each run. */
  readonly marks: readonly AskedMarks['marks'][];
}

const { boot, input, marks, policies, ...asked }: Share = workerData;
const interrupt = new AbortController();
parentPort?.once('message', () => interrupt.abort());
const traces = sharing(traceOpener);

const results = await Promise.all(
  marks.map((each) =>
    runScript({
      ...asked,
      boot: boot === undefined ? bootScriptFile : boot,
      stdin: streamOf(input ?? new Uint8Array()),
      before: (booted) => marksCommands({ marks: each, group: asked.group, policies }, booted),
      bootMachine: (options) => Machine.boot(options),
      traces,
      print: null,
      drained: async () => {},
      observer: null,
      signal: interrupt.signal,
      progress: () => {},
      clock: wallTime,
    }),
  ),
);
parentPort?.postMessage(results);
parentPort?.close();
