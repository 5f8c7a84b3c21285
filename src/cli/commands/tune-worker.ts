import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { Mistake } from '../../script/mistake.ts';
import { parseAddress, type RedisAddress } from '../../tune/queue/address.ts';
import { misuse } from '../on-session.ts';

interface Given {
  readonly queue: string;
  readonly jobs: string;
}

const NOTES = `
Scripts and traces come through Redis: a worker needs no file of the sweep's, only the same memcg. It serves
every sweep on the server, beginning before or after it, until SIGTERM or ^C; then it finishes the points that
it is at. A worker that is lost (kill -9, power) loses nothing: its points are run again elsewhere.

Example, on each machine
  memcg tune-worker --queue redis://queue.example:6379
and on one
  memcg tune build.memcg --limit auto --queue redis://queue.example:6379

Exit status: 0 ended by SIGTERM or ^C; 2 wrong usage; 3 no Redis server, or gone for a minute; 130 a second ^C.`;

const MOST_JOBS = 1024;

/** `memcg tune-worker --queue URL` */
export function command(): Command {
  return new Command('tune-worker')
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
      const { runTuneWorker } = await import('./tune-worker-run.ts');
      process.exitCode = await runTuneWorker(asked);
    });
}

export interface TuneWorkerAsked {
  readonly address: RedisAddress;
  readonly jobs: number;
}

function readAsked({ queue, jobs }: Given): TuneWorkerAsked | Mistake {
  const address = parseAddress(queue);
  if (address instanceof Mistake) return address;
  const count = /^\d{1,4}$/.test(jobs) ? Number(jobs) : 0;
  if (count < 1 || count > MOST_JOBS)
    return new Mistake(`--jobs ${jobs}: a number from 1 to ${MOST_JOBS} is wanted`, 0);
  return { address, jobs: count };
}
