import { Command } from 'commander';
import { alone, compared, type Shown, underLimits, underPolicies } from '../../report/picture/shown.ts';
import { renderFile } from '../../report/report.ts';
import { Mistake } from '../../script/mistake.ts';
import { nothingRan } from '../../script/notes.ts';
import { type ErrorKind, EXIT, exitStatus, type RunResult } from '../../script/result.ts';
import { type GivenReplay, REPLAY_OPTIONS, type ReplayOptions, readReplay } from '../options/replay.ts';
import { ontoStdout } from '../options/reports.ts';
import { withOptions } from '../options/table.ts';
import { EventLog } from '../output/event-log.ts';
import { lookOfOutput } from '../output/look.ts';
import { ErrorOutput, JsonOutput, type ReplayOutput, TextOutput } from '../output/replay-output.ts';
import { ReportFiles } from '../output/report-files.ts';
import { complain } from '../output/say.ts';
import { scriptsNamed } from '../script-names.ts';
import { Replay, type Replayed } from './replay-run.ts';

const EPILOG = `
Of a folder all scripts are run, save those that boot machines (boot*.memcg).

Examples
  memcg replay web.memcg --limit 64M --compare
  memcg replay web.memcg --limit 70% --policy rfc,memory.high
  memcg replay web.memcg --limit 16M,32M,64M,128M --svg curve.svg
  memcg export | memcg replay --html web.html -

Exit status: 0 all went as expected; 1 the kernel refused a command, an expectation
was not met or a wait timed out; 2 a mistake in a script or on the command line;
3 a file can't be read or written, or is damaged; 130 interrupted.`;

export const replay = (): Command =>
  withOptions(new Command('replay'), REPLAY_OPTIONS)
    .description('Runs scripts, each on a machine of its own at full speed, and shows what reclaim did.')
    .argument('<script...>', 'scripts to run; - is standard input')
    .addHelpText('after', EPILOG)
    .action(async (scripts: string[], given: GivenReplay) => {
      process.exitCode = await run(scripts, given);
    });

async function run(names: readonly string[], given: GivenReplay): Promise<number> {
  const named = scriptsNamed(names);
  const scripts = named instanceof Mistake ? names : named;
  const options = named instanceof Mistake ? named : readReplay(given, scripts);
  const width = options instanceof Mistake ? null : options.width;
  const output = given.json
    ? new JsonOutput(scripts.length > 1)
    : !(options instanceof Mistake) && ontoStdout(options.reports)
      ? new ErrorOutput()
      : new TextOutput(lookOfOutput(width, given.color ?? true));
  const status =
    options instanceof Mistake
      ? refused(scripts[0], 'mistake', options.message, output)
      : await replayAll(scripts, options, output);
  output.end();
  return status;
}

/** After ^C, for what is still to be written, ms. */
const PATIENCE = 200;

/** The worst exit status of all. */
async function replayAll(
  scripts: readonly string[],
  options: ReplayOptions,
  output: ReplayOutput,
): Promise<number> {
  const events = options.events === null ? null : new EventLog(options.events);
  if (events?.failure) return refused(scripts[0], 'world', events.failure, output);
  const reports = ReportFiles.open(options.reports);
  if (typeof reports === 'string') return refused(scripts[0], 'world', reports, output);

  const interrupt = new AbortController();
  // A second ^C finds no listener and ends the program as ever.
  process.once('SIGINT', () => interrupt.abort());
  const replay = new Replay(options, output, events, interrupt.signal);
  const shown: Shown[] = [];
  let status = 0;
  for (const script of scripts) {
    if (interrupt.signal.aborted) break;
    const runs = await replay.replay(script);
    status = Math.max(
      status,
      runs instanceof Mistake
        ? refused(script, 'mistake', runs.message, output)
        : show(runs, events, output, shown),
    );
  }
  if (interrupt.signal.aborted) endEvenIfWaiting();
  events?.close();
  const failed = shown.length > 0 ? await reports.write((kind) => renderFile(kind, shown)) : null;
  const closed = reports.close();
  const failure = failed ?? closed;
  return failure === null ? status : Math.max(status, complain(failure, EXIT.world));
}

/** A pipe that nobody writes to keeps a thread waiting, and the thread this program: then it ends as ^C ends others. */
function endEvenIfWaiting(): void {
  setTimeout(() => process.kill(process.pid, 'SIGINT'), PATIENCE).unref();
}

/** Shows what a script has come to, and answers the exit status of that. */
function show(runs: Replayed, events: EventLog | null, output: ReplayOutput, shown: Shown[]): number {
  const { off, others, limits, carry } = runs;
  events?.flush();
  const failed = events?.failure ?? null;
  const on = failed !== null && runs.on.error === null ? endedBy(runs.on, 'world', failed) : runs.on;
  output.show(on, off, others, limits ?? null);
  // One that failed before it began is not drawn.
  if (on.options !== null && (on.error === null || on.virtualNs > 0))
    shown.push({
      ...(limits !== undefined
        ? underLimits([on, ...others], limits)
        : others.length > 0
          ? underPolicies([on, ...others])
          : off === null
            ? alone(on)
            : compared(on, off)),
      ...(carry !== undefined && { carry }),
    });
  // What the run without reclaim did not meet is shown, not counted.
  const interrupted = off?.error?.kind === 'interrupted';
  return interrupted ? EXIT.interrupted : Math.max(exitStatus(on), ...others.map(exitStatus));
}

/** Wrong usage that was found before the options were read, as the JSON object that `--json` promises. */
export function showMisuse(message: string): void {
  const output = new JsonOutput(false);
  refused('', 'mistake', message, output);
  output.end();
}

/** Shows why nothing ran. */
function refused(script: string, kind: ErrorKind, message: string, output: ReplayOutput): number {
  const result = endedBy(nothingRan(script), kind, message);
  output.show(result, null, [], null);
  return exitStatus(result);
}

const endedBy = (run: RunResult, kind: ErrorKind, message: string): RunResult => ({
  ...run,
  ok: false,
  error: { kind, message, why: '', errno: null, file: 'command line', line: 0, column: 0, text: '' },
});
