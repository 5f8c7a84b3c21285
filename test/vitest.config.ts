import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Fresh for each run, and taken from the environment to have a run again. */
const seed = process.env['MEMCG_SEED'] ?? `${1 + Math.floor(Math.random() * (2 ** 31 - 1))}`;
process.stdout.write(`MEMCG_SEED=${seed} repeats the random tests of this run\n`);

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    env: { MEMCG_SEED: seed },
    setupFiles: ['test/support/seed.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // No test measures time: this only ends what hangs, also on a machine that is busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many wait for other programs: two go side by side also where there are two CPUs.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
