import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { bootState } from '../../src/machine/state.ts';
import type { Mm } from '../../src/mm/kernel.ts';
import { BLOCK_PLACES, BLOCK_WORDS, BLOCKS, SPARSE, USED } from '../../src/mm/layout.ts';
import { lengthOf, oldestPages, youngestPages } from '../../src/mm/lru-lists.ts';

/** A machine with so many page frames, of which nothing but the lists is used. */
const newLists = (nrPages: number): Mm => bootState({ ...DEFAULT_OPTIONS, memory: pages(nrPages) }).mm;

/** Blocks that hold a page. */
const blocksUsed = ({ lru: { places } }: Mm): number =>
  places.filter((word, at) => at % BLOCK_WORDS === USED && word > 0).length;

/** What blocksFor() counts on, for a list of so many pages. */
const mostBlocks = (length: number): number => Math.min(length, Math.ceil((2 * length) / (SPARSE + 1)) + 4);

/** Two lists of pages 1 to PAGES, and what they should hold, the oldest first. */
const PAGES = 300;

type Step =
  | { readonly do: 'add' | 'addOldest'; readonly list: number; readonly pfn: number }
  | { readonly do: 'remove'; readonly pfn: number }
  | { readonly do: 'take' | 'rotate'; readonly list: number; readonly count: number };

const list = fc.constantFrom(0, 1);
const pfn = fc.integer({ min: 1, max: PAGES });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), list, pfn }) },
  fc.record({ do: fc.constant('addOldest' as const), list, pfn }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), pfn }) },
  fc.record({ do: fc.constant('take' as const), list, count: fc.integer({ min: 0, max: 32 }) }),
  fc.record({ do: fc.constant('rotate' as const), list, count: fc.integer({ min: 0, max: PAGES }) }),
);

describe('LRU lists', () => {
  test('hold what plain arrays would, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000 }), fc.integer({ min: 0, max: PAGES }), (steps, first) => {
        const mm = newLists(PAGES);
        const { core, lru } = mm;
        const plain: number[][] = [[], []];
        const put = (at: number, page: number): void => {
          if (plain.some((pages) => pages.includes(page))) return;
          core.add(at, page);
          plain[at].push(page);
        };
        for (let page = 1; page <= first; page += 1) put(0, page);
        for (const each of steps) {
          if (each.do === 'add') put(each.list, each.pfn);
          if (each.do === 'addOldest' && !plain.some((pages) => pages.includes(each.pfn))) {
            core.addOldest(each.list, each.pfn);
            plain[each.list].unshift(each.pfn);
          }
          if (each.do === 'take') {
            const count = core.takeOldest(each.list, each.count, 0);
            expect([...core.cluster.subarray(0, count)]).toEqual(plain[each.list].splice(0, each.count));
          }
          if (each.do === 'rotate') {
            const count = Math.min(each.count, plain[each.list].length);
            core.rotate(each.list, count);
            plain[each.list].push(...plain[each.list].splice(0, count));
          }
          const at = each.do === 'remove' ? plain.findIndex((pages) => pages.includes(each.pfn)) : -1;
          if (at >= 0 && each.do === 'remove') {
            expect(core.remove(each.pfn)).toBe(at);
            plain[at] = plain[at].filter((page) => page !== each.pfn);
          }
          const most = plain.reduce((sum, { length }) => sum + mostBlocks(length), 0);
          expect(blocksUsed(mm)).toBeLessThanOrEqual(most);
        }
        for (const [at, pages] of plain.entries()) {
          expect(lengthOf(lru, at)).toBe(pages.length);
          expect([...oldestPages(lru, at, PAGES)]).toEqual(pages);
          expect([...youngestPages(lru, at, PAGES)]).toEqual([...pages].reverse());
          expect([...oldestPages(lru, at, 5)]).toEqual(pages.slice(0, 5));
          expect([...youngestPages(lru, at, 5)]).toEqual(pages.slice(-5).reverse());
        }
      }),
    );
  });

  test('take less than four places a page, however pages leave from the middle', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), (seed, keepOneIn) => {
        const count = 20_000;
        const mm = newLists(count);
        for (let page = 1; page <= count; page += 1) mm.core.add(0, page);
        const leave = fc
          .sample(fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }), {
            numRuns: 1,
            seed,
          })[0]
          .slice(0, count - Math.floor(count / keepOneIn));
        for (const page of leave) mm.core.remove(page + 1);
        expect(blocksUsed(mm) * BLOCK_PLACES).toBeLessThan(4 * lengthOf(mm.lru, 0) + BLOCK_PLACES);
      }),
      { numRuns: 10 },
    );
  });

  test('turned again and again, take no more blocks than they had', () => {
    const { core, heads } = newLists(PAGES);
    for (let page = 1; page <= PAGES; page += 1) core.add(0, page);
    for (let round = 0; round < 10_000; round += 1) core.rotate(0, (round * 7) % PAGES);
    expect(heads[BLOCKS]).toBeLessThanOrEqual(Math.ceil(PAGES / BLOCK_PLACES) + 3);
  });

  test('an emptied list takes no block', () => {
    const { core, lru, heads } = newLists(PAGES);
    for (let round = 0; round < 100; round += 1) {
      for (let page = 1; page <= PAGES; page += 1) core.add(0, page);
      for (let page = 1; page <= PAGES; page += 1) core.remove(((page * 7) % PAGES) + 1);
      expect([...lru.lists.subarray(0, 3)]).toEqual([0, 0, 0]);
    }
    expect(heads[BLOCKS]).toBeLessThanOrEqual(Math.ceil(PAGES / BLOCK_PLACES) + 1);
  });
});
