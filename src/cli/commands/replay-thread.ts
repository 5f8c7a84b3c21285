import { parentPort, workerData } from 'node:worker_threads';
import { Machine } from '../../machine/machine.ts';
import { type AskedMarks, marksCommands } from '../../script/given-marks.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { type RunSettings, runScript } from '../../script/run.ts';
import { sharing } from '../../script/shared-traces.ts';
import { wallTime } from '../../script/wall-time.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { streamOf } from '../input.ts';

/** What runs in a thread beside `memcg replay`: some of the runs of one script at once, then others. */

/** What it is given: what all runs have in common. */
export interface Asked
  extends Pick<RunSettings, 'script' | 'group' | 'options' | 'keepOutput' | 'history' | 'timeline'> {
  /** Left out: as usual. */
  readonly boot?: string | null;
  /** The script, where that was standard input. */
  readonly input: Uint8Array | null;
  readonly policies: AskedMarks['policies'];
}

/** What it is sent: the marks of each run, whose results it sends back in their order. */
export type Share = readonly AskedMarks['marks'][] | 'interrupt';

const { boot, input, policies, ...asked }: Asked = workerData;
const interrupt = new AbortController();

parentPort?.on('message', async (share: Share) => {
  if (share === 'interrupt') return interrupt.abort();
  const traces = sharing(traceOpener);
  const run = (marks: AskedMarks['marks']) =>
    runScript({
      ...asked,
      boot: boot === undefined ? bootScriptFile : boot,
      stdin: streamOf(input ?? new Uint8Array()),
      before: (booted) => marksCommands({ marks, group: asked.group, policies }, booted),
      bootMachine: (options) => Machine.boot(options),
      traces,
      print: null,
      drained: async () => {},
      observer: null,
      signal: interrupt.signal,
      progress: () => {},
      clock: wallTime,
    });
  parentPort?.postMessage(await Promise.all(share.map(run)));
});
