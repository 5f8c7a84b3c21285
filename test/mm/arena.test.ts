import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { DEFAULT_OPTIONS } from '../../src/machine/options.ts';
import { bootState } from '../../src/machine/state.ts';
import { chunksThatFit, layOut } from '../../src/mm/arena.ts';
import { SLOTS_PER_CHUNK } from '../../src/mm/layout.ts';
import { isFull } from '../../src/mm/page-table.ts';
import { TooLarge } from '../../src/mm/too-large.ts';
import { map, stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';
import { brokenInvariants } from '../support/invariants.ts';

/** A small machine, with pages of both kinds on all of its lists. */
function inUse(): Console {
  const sh = boot({ memory: pages(1024) });
  sh.group('/a', { low: 60, high: 80, limit: 100 });
  sh.spawn('reader', '/a');
  sh.run('reader', stream('f', 300, { times: 2 }));
  sh.run('reader', map('g', 40));
  return sh;
}

describe('the arrays of pages', () => {
  test('keep what they hold when there are more cgroups than they had room for', () => {
    const sh = inUse();
    const before = [sh.resident('f'), sh.resident('g'), sh.usage('/a')];
    for (let i = 0; i < 100; i += 1) {
      sh.mkdir(`/b${i}`);
      expect(brokenInvariants(sh.state())).toEqual([]);
    }
    expect([sh.resident('f'), sh.resident('g'), sh.usage('/a')]).toEqual(before);
  });

  test('keep what they hold when files are longer than they had room for', () => {
    const sh = inUse();
    const before = [sh.resident('g'), sh.usage('/a')];
    sh.spawn('other');
    sh.run('other', stream('far', 8, { at: 0 }));
    // A chunk of slots each.
    for (let page = 0; page < 100_000; page += 512) sh.run('other', stream('far', 1, { at: page }));
    expect(brokenInvariants(sh.state())).toEqual([]);
    expect([sh.resident('g'), sh.usage('/a')]).toEqual(before);
  });

  test('that do not fit into 4 GiB are refused, and nothing has changed', () => {
    const { mm } = bootState({ ...DEFAULT_OPTIONS, memory: pages(256) });
    const { flags } = mm.frames;
    expect(() => layOut(mm, 2 ** 21)).toThrow(TooLarge);
    expect(mm.frames.flags).toBe(flags);
    expect(flags).toHaveLength(257);
  });

  test('have room for so many chunks of slots, and not for one more', () => {
    const { mm } = bootState({ ...DEFAULT_OPTIONS, memory: pages(256) });
    const most = chunksThatFit(mm);
    expect(most * 5.125 * SLOTS_PER_CHUNK).toBeGreaterThan(0.99 * 2 ** 32);
    expect(() => layOut(mm, most + 1)).toThrow(TooLarge);
    expect(isFull(mm)).toBe(false);
  });
});
