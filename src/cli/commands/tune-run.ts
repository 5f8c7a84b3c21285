import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import type { Tuned } from '../../tune/analysis/findings.ts';
import { analyse } from '../../tune/analysis/findings.ts';
import { isRecommended } from '../../tune/analysis/recommendation.ts';
import { type Planned, sweepOf } from '../../tune/plan/plan.ts';
import { renderTune } from '../../tune/report/render.ts';
import { ExecutorFailure, LenientExecutor } from '../../tune/run/executor.ts';
import { tune } from '../../tune/tune.ts';
import { ontoStdout } from '../options/reports.ts';
import { type GivenTune, readTuneOptions, type TuneOptions } from '../options/tune.ts';
import { lookOfOutput } from '../output/look.ts';
import { barText, Progress } from '../output/progress.ts';
import { ReportFiles } from '../output/report-files.ts';
import { complain } from '../output/say.ts';
import { type Asked, gathered, joined } from './tune-asked.ts';
import { proveMarks } from './tune-verify.ts';
import { watchedOf, watchSweeps } from './tune-watch.ts';

/** `memcg tune`, with the options as commander gives them. */

/** A batch system gives notice by SIGTERM; a terminal that is closed by SIGHUP. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves with the exit status. */
export async function tuneScripts(names: readonly string[], given: GivenTune): Promise<number> {
  const options = readTuneOptions(given, names);
  if (options instanceof Mistake) return complain(options.message, EXIT.mistake);
  const outputs = ReportFiles.open(options.reports);
  if (typeof outputs === 'string') return complain(outputs, EXIT.world);
  try {
    const asked = await (options.merge ? joined(names, options) : gathered(names, options));
    return typeof asked === 'number' ? asked : await run(asked, options, outputs);
  } catch (error) {
    if (!(error instanceof ExecutorFailure)) throw error;
    return complain(error.message, EXIT.world);
  } finally {
    outputs.close();
  }
}

async function run(asked: Asked, options: TuneOptions, outputs: ReportFiles): Promise<number> {
  const interrupt = new AbortController();
  // A second ^C finds no listener and ends the program as ever.
  for (const signal of INTERRUPTS) process.once(signal, () => interrupt.abort());
  const progress = new Progress();
  const watch = options.watch ? await watchSweeps(asked, options, () => interrupt.abort()) : null;
  const began = performance.now();
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
        const quick = Math.min(done, asked.kept());
        const bar = (): string => barText(done, told.expected, quick, performance.now() - began);
        if (watch === null) progress.tell(bar);
        else watch.tell(() => watchedOf(told.planned(), asked, bar()));
      },
    });
  } finally {
    progress.clear();
    watch?.close();
    await executor.close();
  }
  const interrupted = interrupt.signal.aborted;
  const status = tellRefusals(planned);
  const why = interrupted
    ? 'interrupted'
    : (lenient.failure ?? asked.missing() ?? (options.share && 'one share of it') ?? 'unfinished');
  const tuned: Tuned[] = planned.flatMap((each) => {
    const sweep = sweepOf(each);
    if (sweep === null) return [];
    const whole = each.is === 'open' ? { ...sweep, partial: why } : sweep;
    return [{ sweep: whole, findings: analyse(whole, objective) }];
  });
  const open = planned.some((each) => each.is === 'open');
  const failure = options.share === null || interrupted ? await show(tuned, options, outputs) : null;
  if (failure !== null) return complain(failure, EXIT.world);
  if (interrupted) return complain(`interrupted: ${keptText(options, done)}`, EXIT.interrupted);
  if (lenient.failure !== null) return complain(lenient.failure, EXIT.world);
  if (options.share !== null) {
    process.stdout.write(`${keptText(options, done)}\n`);
    return status;
  }
  const proved = options.verify ? await proveMarks(tuned, options, interrupt.signal) : 0;
  if (open) return complain(why, Math.max(status, EXIT.world));
  const followed = tuned.every(({ findings }) => isRecommended(findings)) ? 0 : EXIT.refused;
  return Math.max(status, proved, followed);
}

/** The worst status of scripts that nothing can be found out about. */
function tellRefusals(planned: readonly Planned[]): number {
  let status = 0;
  for (const each of planned) {
    if (each.is === 'refused') status = Math.max(status, complain(each.message, EXIT[each.kind]));
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
  outputs: ReportFiles,
): Promise<string | null> {
  if (tuned.length === 0) return null;
  if (json) process.stdout.write(await renderTune('json', tuned));
  else if (!ontoStdout(reports))
    process.stdout.write(await renderTune('text', tuned, lookOfOutput(width, color)));
  return outputs.write((kind) => renderTune(kind === 'svg' ? 'svg' : 'html', tuned));
}
