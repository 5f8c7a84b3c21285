import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mistake } from '../../../src/script/mistake.ts';
import { parseAddress } from '../../../src/tune/queue/address.ts';
import { QueueExecutor } from '../../../src/tune/queue/queue-executor.ts';
import { serveQueue } from '../../../src/tune/queue/worker.ts';
import { grid, job } from '../sweeps.ts';

/** A sweep and its worker in a process of their own, which ends when nothing keeps it alive any more. */

const address = parseAddress(process.argv[2] ?? '');
if (address instanceof Mistake) throw address;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const said = (error: unknown): void => say(error instanceof Error ? error.name : 'no error');
const folder = mkdtempSync(join(tmpdir(), 'memcg-test-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const patience = 300;

const executor = await QueueExecutor.open({ address, job: job(), notice: () => {}, patience });
const worker = serveQueue({
  address,
  jobs: 2,
  executorFor: () => ({
    // For ever, or until the worker gives up.
    run: (_, __, signal) => {
      say('begun');
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
    },
    close: async () => {},
  }),
  folder,
  notice: () => {},
  signal: new AbortController().signal,
  patience,
}).catch(said);
await executor.run(grid(1), () => {}, null).catch(said);
await executor.close();
await worker;
