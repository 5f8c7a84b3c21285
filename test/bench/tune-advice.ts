import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { analyse } from '../../src/tune/analysis/findings.ts';
import { isRecommended } from '../../src/tune/analysis/recommendation.ts';
import { isEnough, isHeld } from '../../src/tune/analysis/robust.ts';
import { readPlan } from '../../src/tune/plan/options.ts';
import { ThreadExecutor } from '../../src/tune/run/thread-executor.ts';
import { tune } from '../../src/tune/tune.ts';
import { jobOf } from '../tune/jobs.ts';
import { FOLDER, recordings } from './recorded.ts';

/**
 * `npm run advice -- [--limit SIZE] [--policy NAME] [--next SCRIPT,...] [SCRIPT...]`: what is recommended for each
 * script, on 200 other days that the search has not seen; with --next, marks that were found for the first, on these
 * recordings of the same program instead. Without scripts, for every recorded fixture. Exit 1 when fewer than 95 % hold.
 */

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    points: { type: 'string', default: '150' },
    limit: { type: 'string', default: 'auto' },
    policy: { type: 'string', default: 'rfc' },
    objective: { type: 'string', default: 'no-stalls' },
    next: { type: 'string', default: '' },
  },
});
const DAYS = 200;
/** Those of the search are numbered from 1. */
const FIRST_DAY = 1001;

const { next: others, ...words } = given;
const read = readPlan({ ...words, high: 'any', low: 'any', seeds: '3', seed: '1' }, '2.6.26');
for (const name of positionals.length > 0 ? positionals : recordings()) {
  const job = await jobOf('', { scripts: [name] });
  const executor = new ThreadExecutor(job, availableParallelism());
  const [planned] = await tune({ job, plan: read.plan, executor, signal: null, progress: () => {} });
  await executor.close();
  if (planned.is !== 'done') throw new Error(planned.is === 'refused' ? planned.message : 'unfinished');
  const findings = analyse(planned.sweep, read.objective);
  const { best } = findings;
  if (best === null || !isRecommended(findings)) {
    console.log(`nothing is recommended  ${name.replace(FOLDER, '')}`);
    continue;
  }
  const scripts = others === '' ? [name] : others.split(',');
  const days = new ThreadExecutor(await jobOf('', { scripts }), availableParallelism());
  let held = 0;
  await days.run(
    Array.from({ length: DAYS }, (_, i) => ({
      script: i % scripts.length,
      point: { ...best.marks, seed: FIRST_DAY + i, variant: FIRST_DAY + i },
    })),
    ({ measurement }) => {
      held += isHeld(read.objective)(measurement) ? 1 : 0;
    },
    null,
  );
  await days.close();
  if (!isEnough({ held, of: DAYS })) process.exitCode = 1;
  console.log(`${held} of ${DAYS} hold  ${scripts.map((each) => each.replace(FOLDER, '')).join(', ')}`);
}
