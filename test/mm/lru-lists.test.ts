import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  BLOCK_PLACES,
  newLruLists,
  oldestPages,
  remove,
  rotate,
  takeOldest,
  youngestPages,
} from '../../src/mm/lru-lists.ts';

/** Two lists of pages 1 to PAGES, and what they should hold, the oldest first. */
const PAGES = 300;

type Step =
  | { readonly do: 'add'; readonly list: number; readonly pfn: number }
  | { readonly do: 'remove'; readonly pfn: number }
  | { readonly do: 'take' | 'rotate'; readonly list: number; readonly count: number };

const list = fc.constantFrom(0, 1);
const pfn = fc.integer({ min: 1, max: PAGES });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), list, pfn }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), pfn }) },
  fc.record({ do: fc.constant('take' as const), list, count: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ do: fc.constant('rotate' as const), list, count: fc.integer({ min: 0, max: PAGES }) }),
);

describe('LRU lists', () => {
  test('hold what plain arrays would, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000 }), fc.integer({ min: 0, max: PAGES }), (steps, first) => {
        const lists = newLruLists(PAGES, 2);
        const plain: number[][] = [[], []];
        const put = (at: number, page: number): void => {
          if (plain.some((pages) => pages.includes(page))) return;
          add(lists, at, page);
          plain[at].push(page);
        };
        for (let page = 1; page <= first; page += 1) put(0, page);
        for (const each of steps) {
          if (each.do === 'add') put(each.list, each.pfn);
          if (each.do === 'take') {
            const taken = new Int32Array(40);
            const count = takeOldest(lists, each.list, each.count, taken, 0);
            expect([...taken.subarray(0, count)]).toEqual(plain[each.list].splice(0, each.count));
          }
          if (each.do === 'rotate') {
            const count = Math.min(each.count, plain[each.list].length);
            rotate(lists, each.list, count);
            plain[each.list].push(...plain[each.list].splice(0, count));
          }
          if (each.do !== 'remove') continue;
          const at = plain.findIndex((pages) => pages.includes(each.pfn));
          if (at < 0) continue;
          remove(lists, at, each.pfn);
          plain[at] = plain[at].filter((page) => page !== each.pfn);
        }
        for (const [at, pages] of plain.entries()) {
          expect(lists.length[at]).toBe(pages.length);
          expect([...oldestPages(lists, at, PAGES)]).toEqual(pages);
          expect([...youngestPages(lists, at, PAGES)]).toEqual([...pages].reverse());
          expect([...oldestPages(lists, at, 5)]).toEqual(pages.slice(0, 5));
          expect([...youngestPages(lists, at, 5)]).toEqual(pages.slice(-5).reverse());
        }
      }),
    );
  });

  test('take less than four places a page, however pages leave from the middle', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 60 }), (seed, keepOneIn) => {
        const pages = 20_000;
        const lists = newLruLists(pages, 1);
        for (let page = 1; page <= pages; page += 1) add(lists, 0, page);
        const leave = fc
          .sample(fc.shuffledSubarray([...Array(pages).keys()], { minLength: pages, maxLength: pages }), {
            numRuns: 1,
            seed,
          })[0]
          .slice(0, pages - Math.floor(pages / keepOneIn));
        for (const page of leave) remove(lists, 0, page + 1);
        const blocks = lists.used.reduce((sum, used) => sum + (used > 0 ? 1 : 0), 0);
        expect(blocks * BLOCK_PLACES).toBeLessThan(4 * lists.length[0] + BLOCK_PLACES);
      }),
      { numRuns: 10 },
    );
  });

  test('turned again and again, take no more blocks than they had', () => {
    const lists = newLruLists(PAGES, 1);
    for (let page = 1; page <= PAGES; page += 1) add(lists, 0, page);
    for (let round = 0; round < 10_000; round += 1) rotate(lists, 0, (round * 7) % PAGES);
    expect(lists.blocks).toBeLessThanOrEqual(Math.ceil(PAGES / BLOCK_PLACES) + 3);
  });

  test('an emptied list takes no block', () => {
    const lists = newLruLists(PAGES, 1);
    for (let round = 0; round < 100; round += 1) {
      for (let page = 1; page <= PAGES; page += 1) add(lists, 0, page);
      for (let page = 1; page <= PAGES; page += 1) remove(lists, 0, ((page * 7) % PAGES) + 1);
      expect([lists.length[0], lists.oldest[0], lists.end[0]]).toEqual([0, 0, 0]);
    }
    expect(lists.blocks).toBeLessThanOrEqual(Math.ceil(PAGES / BLOCK_PLACES) + 1);
  });
});
