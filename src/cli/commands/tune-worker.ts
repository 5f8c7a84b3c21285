import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { visibleText } from '../../kernel/visible.ts';
import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import { parseAddress, type RedisAddress } from '../../tune/queue/address.ts';
import { misuse } from '../output/say.ts';

interface Given {
  readonly queue: string;
  readonly jobs: string;
}

const NOTES = `
Scripts and traces come through Redis: a worker needs no file of the sweep's, only the same memcg. It serves
every sweep on the server, beginning before or after it, until SIGTERM or ^C; then it finishes the points that
it is at. A worker that is lost (kill -9, power) loses nothing: its points are run again elsewhere.

Examples
  memcg tune-worker --queue redis://host:6379    # on each machine
  memcg tune web.memcg --limit auto --queue redis://host:6379    # on one

Exit status: 0 ended by SIGTERM or ^C; 2 wrong usage; 3 no Redis server, or gone for a minute; 130 a second ^C.`;

const MOST_JOBS = 1024;

export const tuneWorker = (): Command =>
  new Command('tune-worker')
    .description('Runs points of sweeps that `memcg tune --queue` spreads over machines.')
    .addOption(
      new Option('--queue <url>', 'the Redis server: redis://HOST[:PORT][/DB]')
        .env('MEMCG_QUEUE')
        .makeOptionMandatory(),
    )
    .option('--jobs <n>', 'points at once, each in a thread', String(availableParallelism()))
    .addHelpText('after', NOTES)
    .action(async (given: Given) => {
      const asked = readAsked(given);
      if (asked instanceof Mistake) return misuse(`tune-worker: ${asked.message}`);
      process.exitCode = await serve(asked);
    });

interface Asked {
  readonly address: RedisAddress;
  readonly jobs: number;
}

function readAsked({ queue, jobs }: Given): Asked | Mistake {
  const address = parseAddress(queue);
  if (address instanceof Mistake) return address;
  const count = /^\d{1,4}$/.test(jobs) ? Number(jobs) : 0;
  if (count < 1 || count > MOST_JOBS)
    return new Mistake(`--jobs ${jobs}: a number from 1 to ${MOST_JOBS} is wanted`, 0);
  return { address, jobs: count };
}

/** Serves until a signal ends it; a second one ends it at once. Answers the exit status. */
async function serve({ address, jobs }: Asked): Promise<number> {
  const [{ ExecutorFailure }, { serveQueue }, { ThreadExecutor }] = await Promise.all([
    import('../../tune/run/executor.ts'),
    import('../../tune/queue/worker.ts'),
    import('../../tune/run/thread-executor.ts'),
  ]);
  const end = new AbortController();
  const onSignal = (): void => {
    // Its points are run again elsewhere.
    if (end.signal.aborted) process.exit(EXIT.interrupted);
    end.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const folder = mkdtempSync(join(tmpdir(), 'memcg-tune-worker-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  try {
    await serveQueue({
      address,
      jobs,
      executorFor: (job) => new ThreadExecutor(job, jobs),
      folder,
      notice: (text) => process.stderr.write(visibleText(`memcg tune-worker: ${text}\n`)),
      signal: end.signal,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof ExecutorFailure)) throw error;
    process.stderr.write(visibleText(`memcg tune-worker: ${error.message}\n`));
    return EXIT.world;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
