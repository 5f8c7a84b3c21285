import fc from 'fast-check';
import { describe, test } from 'vitest';
import { FOUND, life, live, type Tally } from './lives.ts';

const LIVES = Number(process.env['MEMCG_LIVES'] ?? 150);

describe("a sweep's folder, whatever becomes of its processes, its workers and its disk,", () => {
  test.each(Object.entries(FOUND))('goes on well where %s', (_, each) => live(each, new Map()));

  test(`has what was told, and nothing else, and comes to the report of an undisturbed one: ${LIVES} lives`, async () => {
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
