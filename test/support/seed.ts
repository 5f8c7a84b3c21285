import fc from 'fast-check';

/** For every test file: what is left to chance begins with the seed of the run, see test/vitest.config.ts. */
const seed = Number(process.env['MEMCG_SEED']);

fc.configureGlobal({
  seed,
  reporter: (run) => {
    if (!run.failed) return;
    const message = `MEMCG_SEED=${run.seed} finds this again\n${fc.defaultReportMessage(run)}`;
    throw new Error(message, { cause: run.errorInstance });
  },
});
