import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { bootState } from '../../src/machine/state.ts';
import { listOf } from '../../src/mm/frames.ts';
import type { Mm } from '../../src/mm/kernel.ts';
import { ACTIVE_LIST } from '../../src/mm/layout.ts';
import { PG_ACTIVE, PG_REFERENCED } from '../../src/mm/page-flags.ts';
import { newMapping, slotOf } from '../../src/mm/page-table.ts';

const ROOT = 1;

/** A machine with one page of a file, on the root's inactive list and referenced, and its slot. */
function onePage(): { mm: Mm; slot: number; active: number } {
  const { mm } = bootState({ ...DEFAULT_OPTIONS, memory: pages(256) });
  const slot = slotOf(mm, newMapping(mm, 'f', false), 0);
  const inactive = listOf(mm, ROOT, 0, 0);
  mm.core.enterRun(slot, 1, inactive, ROOT, PG_REFERENCED, 0);
  return { mm, slot, active: inactive | ACTIVE_LIST };
}

/** Reads the page so many times. */
function read(mm: Mm, slot: number, times: number): void {
  mm.core.window.fill(slot, 0, times);
  expect(mm.core.readPages(0, times, times, 0)).toBe(times);
}

const isSettled = ({ core }: Mm, slot: number): boolean =>
  ((core.settled[slot >> 5] >>> (slot & 31)) & 1) === 1;
const flagsIn = ({ frames, tables }: Mm, slot: number): number => frames.flags[tables.slots[slot]];
const BOTH = PG_ACTIVE | PG_REFERENCED;

test('what is loaded ahead of a read leaves no trace in the state', () => {
  const { mm, slot } = onePage();
  const before = [mm.heads, mm.frames.flags, mm.lru.lists, mm.lru.places, mm.tables.slots].map((all) =>
    all.slice(),
  );
  mm.core.window.fill(slot, 0, 8);
  mm.core.lookAhead(8);
  expect([mm.heads, mm.frames.flags, mm.lru.lists, mm.lru.places, mm.tables.slots]).toEqual(before);
});

describe('a page that a touch leaves as it is', () => {
  test('is settled when it is touched on its active list', () => {
    const { mm, slot } = onePage();
    read(mm, slot, 1);
    expect([flagsIn(mm, slot) & BOTH, isSettled(mm, slot)]).toEqual([PG_ACTIVE, false]);
    read(mm, slot, 1);
    expect([flagsIn(mm, slot) & BOTH, isSettled(mm, slot)]).toEqual([BOTH, true]);
    read(mm, slot, 5);
    expect(flagsIn(mm, slot) & BOTH).toBe(BOTH);
  });

  test.each<readonly [string, (mm: Mm, active: number, pfn: number) => void]>([
    ['looked at by reclaim', ({ core }, active) => expect(core.shrinkActive(active, 1, 0, 0)).toBe(1)],
    ['taken off the old end', ({ core }, active) => expect(core.takeOldest(active, 1, 0)).toBe(1)],
    ['taken from the middle', ({ core }, active, pfn) => expect(core.remove(pfn)).toBe(active)],
  ])('is settled no more when it is %s', (_, leaves) => {
    const { mm, slot, active } = onePage();
    read(mm, slot, 3);
    leaves(mm, active, mm.tables.slots[slot]);
    expect(isSettled(mm, slot)).toBe(false);
  });
});
