import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_OBJECTIVE, type Objective } from '../../src/tune/analysis/objective.ts';
import { betterBy } from '../../src/tune/plan/options.ts';
import { tune } from '../../src/tune/tune.ts';
import { holdOut } from './hold-out.ts';
import { inThisThread, jobOf, SETTINGS, TOUCHER } from './jobs.ts';

/** The quickest of the recorded fixtures; all of them, finely: test/bench/tune-holdout.ts. */
const SQLITE = fileURLToPath(new URL('../../fixtures/recorded/sqlite.memcg', import.meta.url));

test.each<[string, string[], Objective]>([
  ['a recorded program', [SQLITE], DEFAULT_OBJECTIVE],
  ['a program with random accesses', ['-'], DEFAULT_OBJECTIVE],
  ['the fewest refaults', ['-'], { kind: 'refaults' }],
])(
  'what is recommended holds up under seeds that it has not seen: %s',
  { timeout: 300_000 },
  async (_, scripts, objective) => {
    const job = await jobOf(TOUCHER, { scripts });
    const executor = inThisThread(job);
    const plan = { ...SETTINGS, points: 40, better: betterBy(objective), beside: () => [] };
    const [planned] = await tune({ job, plan, executor, signal: null, progress: () => {} });
    if (planned.is !== 'done') throw new Error(`it is ${planned.is}`);
    const { sweep } = planned;
    const { holds, ours, top } = await holdOut({ script: 0, sweep, objective, executor }, 5, [1001, 1002]);
    expect({ holds, ours, top }).toMatchObject({ holds: true });
  },
);
