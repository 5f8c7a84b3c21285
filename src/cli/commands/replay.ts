import { Command, Option } from 'commander';
import { POLICIES } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { nothingRan } from '../../script/notes.ts';
import { type ErrorKind, exitStatus, type RunResult } from '../../script/result.ts';
import { type GivenOptions, type ReplayOptions, readOptions } from '../options/replay.ts';
import { ontoStdout } from '../options/reports.ts';
import { EventLog } from '../output/event-log.ts';
import { lookOfOutput } from '../output/look.ts';
import { ErrorOutput, JsonOutput, type ReplayOutput, TextOutput } from '../output/replay-output.ts';
import { ReportFiles } from '../output/report-files.ts';
import { Replay } from './replay-run.ts';

const EPILOG = `
Exit status: 0 all went as expected; 1 the kernel refused a command, an expectation
was not met or a wait timed out; 2 a mistake in a script or on the command line;
3 a file can't be read or written, or is damaged; 130 interrupted.`;

const WORLD_FAILED = 3;

/** `memcg replay SCRIPT...` */
export function command(): Command {
  return new Command('replay')
    .description('Runs scripts, each on a machine of its own at full speed, and shows what reclaim did.')
    .argument('<script...>', 'scripts to run; - is standard input')
    .option('--compare', 'run each again without background reclaim, and set the two side by side')
    .option(
      '--policy <list>',
      `who reclaims in the background: one or several of ${POLICIES.join(', ')}; several are set side by side`,
    )
    .option('--watch', 'play it on the dashboard: then the report comes when one leaves that')
    .option('--limit <size>', 'set the marks of the default group before the first line: the limit,')
    .option('--high <size>', 'high (if left out, 7/8 of the limit)')
    .option('--low <size>', 'and low (if left out, 3/4 of the limit)')
    .option('--json', 'print one JSON object and nothing else')
    .option('--events <file>', 'write every trace event to a file, as JSON lines')
    .option('--svg <file>', 'draw a picture of all the runs; - is standard output, in place of the text')
    .option(
      '--html <file>',
      'write a page with charts to zoom and hover over, which needs nothing beside itself',
    )
    .option('--perfetto <file>', 'write the runs as a trace for ui.perfetto.dev')
    .option('--csv <file>', 'write usage, marks and events over time as comma-separated values')
    .option('--openmetrics <file>', 'write them as OpenMetrics text, times since 1970')
    .option('--seed <n>', "of the machine's random numbers")
    .option('--errata <list>', 'errors of the posted patch to put back: names, posted or recorded')
    .option('--boot <file>', "another boot script than memcg's own")
    .option('--bare', 'boot without a boot script')
    .addOption(new Option('-g, --group <cgroup>', 'the default group').env('MEMCG_GROUP').default('/default'))
    .option('--width <columns>', "of the report (if left out, the terminal's)")
    .option('--no-color', 'print without colours')
    .addHelpText('after', EPILOG)
    .action(async (scripts: string[], given: GivenOptions) => {
      process.exitCode = await replay(scripts, given);
    });
}

async function replay(scripts: readonly string[], given: GivenOptions): Promise<number> {
  const options = readOptions(given, scripts);
  const width = options instanceof Mistake ? null : options.width;
  const output = given.json
    ? new JsonOutput(scripts.length > 1)
    : !(options instanceof Mistake) && ontoStdout(options.reports)
      ? new ErrorOutput()
      : new TextOutput(lookOfOutput(width, given.color));
  const status =
    options instanceof Mistake
      ? refused(scripts[0], 'mistake', options.message, output)
      : await replayAll(scripts, options, output);
  output.end();
  return status;
}

/** The worst exit status of all. */
async function replayAll(
  scripts: readonly string[],
  options: ReplayOptions,
  output: ReplayOutput,
): Promise<number> {
  const events = options.events === null ? null : new EventLog(options.events);
  if (events?.failure) return refused(scripts[0], 'world', events.failure, output);
  const reports = new ReportFiles(options.reports);
  if (reports.failure !== null) return refused(scripts[0], 'world', reports.failure, output);

  const interrupt = new AbortController();
  // A second ^C finds no listener and ends the program as ever.
  process.once('SIGINT', () => interrupt.abort());
  const replay = new Replay(options, output, events, interrupt.signal);
  let status = 0;
  for (const script of scripts) {
    if (interrupt.signal.aborted) break;
    status = Math.max(status, await replayOne(script, replay, output, { events, reports }));
  }
  events?.close();
  await reports.write();
  if (reports.failure === null) return status;
  process.stderr.write(`memcg: ${reports.failure}\n`);
  return Math.max(status, WORLD_FAILED);
}

async function replayOne(
  script: string,
  replay: Replay,
  output: ReplayOutput,
  { events, reports }: { events: EventLog | null; reports: ReportFiles },
): Promise<number> {
  const runs = await replay.replay(script);
  if (runs instanceof Mistake) return refused(script, 'mistake', runs.message, output);
  events?.flush();
  const failed = events?.failure ?? null;
  const on = failed !== null && runs.on.error === null ? endedBy(runs.on, 'world', failed) : runs.on;
  output.show(on, runs.off, runs.others);
  reports.add(on, runs.off, runs.others);
  // What the run without reclaim did not meet is shown, not counted.
  const interrupted = runs.off?.error?.kind === 'interrupted';
  return interrupted ? 130 : Math.max(exitStatus(on), ...runs.others.map(exitStatus));
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
  output.show(result, null, []);
  return exitStatus(result);
}

const endedBy = (run: RunResult, kind: ErrorKind, message: string): RunResult => ({
  ...run,
  ok: false,
  error: { kind, message, why: '', errno: null, file: 'command line', line: 0, column: 0, text: '' },
});
