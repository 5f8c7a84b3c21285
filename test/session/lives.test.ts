import fc from 'fast-check';
import { describe, test } from 'vitest';
import { FOUND } from './lives/found.ts';
import { live, type Tally } from './lives/live.ts';
import { life } from './lives/steps.ts';

const LIVES = Number(process.env['MEMCG_LIVES'] ?? 2000);

describe('a session, whatever becomes of its process, its disk, its clock and its clients,', () => {
  test.each(Object.entries(FOUND))('goes on well where %s', (_, each) => live(each, new Map()));

  test(`has what was told, and nothing else, and is run again to the same state: ${LIVES} lives`, async () => {
    const tally: Tally = new Map();
    const began = performance.now();
    await fc.assert(
      fc.asyncProperty(life, (each) => live(each, tally)),
      { numRuns: LIVES },
    );
    const minutes = (performance.now() - began) / 60_000;
    const faults = [...tally].map(([kind, count]) => `${kind} ${count}`).sort();
    process.stdout.write(`${LIVES} lives, ${Math.round(LIVES / minutes)} a minute: ${faults.join(', ')}\n`);
  }, 600_000);
});
