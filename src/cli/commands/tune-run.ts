import { Mistake } from '../../script/mistake.ts';
import type { Tuned } from '../../tune/analysis/findings.ts';
import { analyse } from '../../tune/analysis/findings.ts';
import type { Planned } from '../../tune/plan/plan.ts';
import { renderTune } from '../../tune/report/render.ts';
import { ExecutorFailure, LenientExecutor } from '../../tune/run/executor.ts';
import { tune } from '../../tune/tune.ts';
import { ontoStdout } from '../options/reports.ts';
import { readTuneOptions, type TuneOptions } from '../options/tune.ts';
import { lookOfOutput } from '../output/look.ts';
import { OutputFile } from '../output/output-file.ts';
import { TuneProgress } from '../output/tune-progress.ts';
import { complain, INTERRUPTED, STATUS, WORLD_FAILED, WRONG_USAGE } from '../output/tune-tell.ts';
import type { GivenTune } from './tune.ts';
import { type Asked, gathered, joined } from './tune-asked.ts';

/** `memcg tune`, with the options as commander gives them. */

/** A batch system gives notice by SIGTERM; a terminal that is closed by SIGHUP. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves with the exit status. */
export async function tuneScripts(names: readonly string[], given: GivenTune): Promise<number> {
  const options = readTuneOptions(given, names);
  if (options instanceof Mistake) return complain(options.message, WRONG_USAGE);
  const outputs = openReports(options);
  if (typeof outputs === 'string') return complain(outputs, WORLD_FAILED);
  try {
    const asked = await (given.merge ? joined(names, options) : gathered(names, options));
    return typeof asked === 'number' ? asked : await run(asked, options, outputs);
  } catch (error) {
    if (!(error instanceof ExecutorFailure)) throw error;
    return complain(error.message, WORLD_FAILED);
  } finally {
    for (const output of outputs) output.close();
  }
}

async function run(asked: Asked, options: TuneOptions, outputs: readonly OutputFile[]): Promise<number> {
  const interrupt = new AbortController();
  // A second ^C finds no listener and ends the program as ever.
  for (const signal of INTERRUPTS) process.once(signal, () => interrupt.abort());
  const progress = new TuneProgress(process.stderr);
  const { job, plan, executor, objective } = asked;
  const lenient = new LenientExecutor(executor);
  let done = 0;
  let planned: readonly Planned[];
  try {
    planned = await tune({
      job,
      plan,
      executor: lenient,
      signal: interrupt.signal,
      progress: (told) => {
        done = told.done;
        progress.tell(done, told.expected, Math.min(done, asked.kept()));
      },
    });
  } finally {
    progress.clear();
    await executor.close();
  }
  const interrupted = interrupt.signal.aborted;
  const status = tellRefusals(planned);
  const why = interrupted
    ? 'interrupted'
    : (lenient.failure ?? asked.missing() ?? (options.share && 'one share of it') ?? 'unfinished');
  const tuned: Tuned[] = planned.flatMap((each) => {
    const sweep = each.is === 'done' ? each.sweep : each.is === 'open' ? each.sweep : null;
    if (sweep === null) return [];
    const whole = each.is === 'open' ? { ...sweep, partial: why } : sweep;
    return [{ sweep: whole, findings: analyse(whole, objective) }];
  });
  const open = planned.some((each) => each.is === 'open');
  const failure = options.share === null || interrupted ? await show(tuned, options, outputs) : null;
  if (failure !== null) return complain(failure, WORLD_FAILED);
  if (interrupted) return complain(`interrupted: ${keptText(options, done)}`, INTERRUPTED);
  if (lenient.failure !== null) return complain(lenient.failure, WORLD_FAILED);
  if (options.share !== null) {
    process.stdout.write(`${keptText(options, done)}\n`);
    return status;
  }
  return open ? complain(why, Math.max(status, WORLD_FAILED)) : status;
}

/** The worst status of scripts that nothing can be found out about. */
function tellRefusals(planned: readonly Planned[]): number {
  let status = 0;
  for (const each of planned) {
    if (each.is === 'refused') status = Math.max(status, complain(each.message, STATUS[each.kind]));
  }
  return status;
}

function keptText({ out, share }: TuneOptions, done: number): string {
  const runs = done === 1 ? '1 run' : `${done} runs`;
  if (out === null) return `${runs} were finished and are lost: with --out DIR they are kept`;
  if (share !== null)
    return `share ${share.index} of ${share.of}: ${runs} in ${out}. When all are there: memcg tune --merge DIR...`;
  return `${runs} are kept in ${out}: the same command goes on from there`;
}

/** null, or why a report can't be written. */
async function show(
  tuned: readonly Tuned[],
  { json, width, color, reports }: TuneOptions,
  outputs: readonly OutputFile[],
): Promise<string | null> {
  if (tuned.length === 0) return null;
  if (json) process.stdout.write(await renderTune('json', tuned));
  else if (!ontoStdout(reports))
    process.stdout.write(await renderTune('text', tuned, lookOfOutput(width, color)));
  for (const output of outputs) {
    const failure = await output.write(
      await renderTune(output.report.kind === 'svg' ? 'svg' : 'html', tuned),
    );
    if (failure !== null) return failure;
  }
  return null;
}

/** A text: why one can't be opened. */
function openReports({ reports }: TuneOptions): OutputFile[] | string {
  const open: OutputFile[] = [];
  for (const report of reports) {
    const output = OutputFile.open(report);
    if (typeof output === 'string') {
      for (const each of open) each.close();
      return output;
    }
    open.push(output);
  }
  return open;
}
