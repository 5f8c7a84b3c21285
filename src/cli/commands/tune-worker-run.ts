import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveQueue } from '../../tune/queue/worker.ts';
import { ExecutorFailure } from '../../tune/run/executor.ts';
import { ThreadExecutor } from '../../tune/run/thread-executor.ts';
import type { TuneWorkerAsked } from './tune-worker.ts';

const WORLD_FAILED = 3;
const INTERRUPTED = 130;

/** Serves until a signal ends it; a second one ends it at once. Answers the exit status. */
export async function runTuneWorker({ address, jobs }: TuneWorkerAsked): Promise<number> {
  const end = new AbortController();
  const onSignal = (): void => {
    // Its points are run again elsewhere.
    if (end.signal.aborted) process.exit(INTERRUPTED);
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
      notice: (text) => process.stderr.write(`memcg tune-worker: ${text}\n`),
      signal: end.signal,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof ExecutorFailure)) throw error;
    process.stderr.write(`memcg tune-worker: ${error.message}\n`);
    return WORLD_FAILED;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
