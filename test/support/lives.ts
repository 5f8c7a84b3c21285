import fc from 'fast-check';

/** How often each kind of fault and of step came. */
export type Tally = Map<string, number>;

/** Lives one fresh life after the other, and says how many that were and what befell them. */
export async function liveMany<Life>(
  lives: number,
  life: fc.Arbitrary<Life>,
  live: (life: Life, tally: Tally) => Promise<void>,
): Promise<void> {
  const tally: Tally = new Map();
  const began = performance.now();
  await fc.assert(
    fc.asyncProperty(life, (each) => live(each, tally)),
    { numRuns: lives },
  );
  const minutes = (performance.now() - began) / 60_000;
  const faults = [...tally].map(([kind, count]) => `${kind} ${count}`).sort();
  process.stdout.write(`${lives} lives, ${Math.round(lives / minutes)} a minute: ${faults.join(', ')}\n`);
}
