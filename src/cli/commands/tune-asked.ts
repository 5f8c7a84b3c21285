import { pageSize } from '../../kernel/numbers.ts';
import { policyIn } from '../../machine/machine.ts';
import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import { STDIN } from '../../script/script-files.ts';
import { VERSION } from '../../session/version.ts';
import { gatherJob } from '../../tune/gather-job.ts';
import { type Job, kernelOf } from '../../tune/job.ts';
import { type ReadPlan, readPlan, usualPolicy } from '../../tune/plan/options.ts';
import { type Executor, ExecutorFailure } from '../../tune/run/executor.ts';
import { ShareExecutor } from '../../tune/run/share.ts';
import { ThreadExecutor } from '../../tune/run/thread-executor.ts';
import { FolderExecutor } from '../../tune/store/folder-executor.ts';
import type { Header } from '../../tune/store/header.ts';
import { joinFolders } from '../../tune/store/join.ts';
import { JoinedExecutor } from '../../tune/store/joined-executor.ts';
import { SweepFolder } from '../../tune/store/sweep-folder.ts';
import type { Finished } from '../../tune/sweep.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { scriptInput } from '../input.ts';
import type { TuneOptions } from '../options/tune.ts';
import { orMistake } from '../options/values.ts';
import { errorText } from '../output/error-text.ts';
import { complain, say, sayAmid } from '../output/say.ts';

/** What is to be run, and what is known of it already. */
export interface Asked extends ReadPlan {
  readonly job: Job;
  readonly executor: Executor;
  /** Runs that finish without being run, if a folder knows them. */
  readonly kept: () => number;
  /** Why the sweep is not whole, if something is missing that should be there. */
  readonly missing: () => string | null;
}

/** What the command line names; or, when that was refused, the exit status. */
export async function gathered(names: readonly string[], options: TuneOptions): Promise<Asked | number> {
  const { share } = options;
  const stdin = names.includes(STDIN) ? await scriptInput(process.stdin) : new Uint8Array();
  if (stdin instanceof Mistake) return complain(stdin.message, EXIT.mistake);
  const job = await gatherJob({ ...options.job, scripts: names, stdin, traces: traceOpener });
  if ('kind' in job) {
    process.stderr.write(errorText(job));
    return EXIT[job.kind];
  }
  const kernel = kernelOf(job);
  const words = options.policyGiven ? options.words : { ...options.words, policy: usualPolicy(kernel) };
  const read = orMistake(() => readPlan(words, kernel));
  if (read instanceof Mistake) return complain(read.message, EXIT.mistake);
  const { limit } = read.plan;
  const tooSmall = job.scripts.find(({ memory }) => limit !== null && limit > memory);
  if (tooSmall !== undefined) {
    const memory = pageSize(tooSmall.memory);
    return complain(
      `--limit: ${words['limit']} is more than the machine of ${tooSmall.name} has (${memory})`,
      EXIT.mistake,
    );
  }
  const other = job.scripts.find(({ policy }) => policy !== policyIn({ kernel }));
  if (other !== undefined && !options.policyGiven)
    return complain(
      `${other.name} asks for policy=${other.policy}: say --policy ${other.policy}, or --policy ${usualPolicy(kernel)}`,
      EXIT.mistake,
    );
  const header: Header = { memcg: 'sweep', format: 1, version: VERSION, settings: words, share, job };
  const keeping = await workersAnd(header, options);
  if (typeof keeping === 'number') return keeping;
  const before = keeping.folder?.size ?? 0;
  const executor = share === null ? keeping.executor : new ShareExecutor(share, keeping.executor);
  return { ...read, job, executor, kept: () => before, missing: () => null };
}

/** What the folders of shares hold; or the exit status. */
export async function joined(folders: readonly string[], options: TuneOptions): Promise<Asked | number> {
  const found = joinFolders(folders);
  if (found instanceof Mistake) return complain(found.message, EXIT.mistake);
  if (found instanceof ExecutorFailure) throw found;
  const { header, notices, finished } = found;
  for (const notice of notices) say(notice);
  if (header.version !== VERSION)
    return complain(
      `${folders[0]} is of memcg ${header.version}, this is ${VERSION}: join them with that`,
      EXIT.mistake,
    );
  const read = orMistake(() => readPlan(header.settings, kernelOf(header.job)));
  if (read instanceof Mistake) return complain(read.message, EXIT.mistake);
  const keeping = await workersAnd(header, options, finished.values());
  if (typeof keeping === 'number') return keeping;
  const executor = new JoinedExecutor(found, keeping.executor);
  const kept = (): number => finished.size;
  return { ...read, job: header.job, executor, kept, missing: () => executor.missing };
}

interface Keeping {
  readonly executor: Executor;
  readonly folder: SweepFolder | null;
}

/** Who runs what is asked, and the folder of --out where that is kept, beside what is known. */
async function workersAnd(
  header: Header,
  options: TuneOptions,
  known: Iterable<Finished> = [],
): Promise<Keeping | number> {
  const { job } = header;
  if (options.out === null) return { executor: await workers(job, options), folder: null };
  const folder = SweepFolder.open(options.out, header);
  if (folder instanceof Mistake) return complain(folder.message, EXIT.mistake);
  if (folder instanceof ExecutorFailure) throw folder;
  if (folder.notice !== null) say(folder.notice);
  try {
    await Promise.all([...known].filter((each) => !folder.has(each)).map((each) => folder.add(each)));
    return { executor: new FolderExecutor(folder, await workers(job, options)), folder };
  } catch (error) {
    folder.close();
    throw error;
  }
}

async function workers(job: Job, { queue, jobs }: TuneOptions): Promise<Executor> {
  if (queue === null) return new ThreadExecutor(job, jobs);
  const { QueueExecutor } = await import('../../tune/queue/queue-executor.ts');
  return QueueExecutor.open({ address: queue, job, notice: sayAmid });
}
