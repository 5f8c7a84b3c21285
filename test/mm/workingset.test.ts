import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { SLOTS_PER_CHUNK } from '../../src/mm/layout.ts';
import { LEAST_CHUNKS, MAX_FILE_PAGES } from '../../src/mm/page-table.ts';
import { mostShadowChunks } from '../../src/mm/workingset.ts';
import { stream } from '../support/behaviours.ts';
import { boot, Console } from '../support/boot.ts';
import { brokenInvariants } from '../support/invariants.ts';

const PAGES = pages(4096);
/** A machine of 16 MiB keeps so many pages' shadows: eight a page. */
const KEPT = 8 * PAGES;

function machine(): Console {
  const sh = boot({ memory: PAGES });
  sh.spawn('t', '/');
  return sh;
}

const refaults = (sh: Console): number => sh.number('/memory.reclaim_stat', 'refaults');

describe('shadows of evicted pages', () => {
  test('are all kept of eight times as many pages as the machine has', () => {
    const sh = machine();
    sh.run('t', stream('f', KEPT));
    sh.run('t', stream('f', KEPT));
    expect(refaults(sh)).toBe(KEPT);
  });

  test('are let go beyond that, those of the pages that were evicted first', () => {
    const sh = machine();
    sh.run('t', stream('old', SLOTS_PER_CHUNK));
    sh.run('t', stream('young', 2 * KEPT));
    const before = refaults(sh);
    sh.run('t', stream('old', SLOTS_PER_CHUNK));
    expect(refaults(sh) - before).toBe(0);
    sh.run('t', stream('young', SLOTS_PER_CHUNK, { at: 2 * KEPT - PAGES - SLOTS_PER_CHUNK }));
    expect(refaults(sh) - before).toBeGreaterThan(0);
  });

  test('of an endless stream take bounded room, and leave the machine whole', () => {
    const sh = machine();
    const { nrPages } = sh.state().mm;
    const most = 3 * Math.max(LEAST_CHUNKS, mostShadowChunks({ nrPages }));
    for (let i = 1; i <= 20; i += 1) {
      sh.run('t', stream(`f${i % 3}`, i * KEPT));
      expect(sh.state().mm.tables.chunks).toBeLessThanOrEqual(most);
    }
    expect(brokenInvariants(sh.state())).toEqual([]);
  });

  test('of an endless stream take bounded room in a save state, however far into the file it has come', () => {
    const sh = machine();
    const saved = (): number => serialize(sh.machine.save()).length;
    sh.run('t', stream('f', 4 * KEPT));
    const early = saved();
    for (const at of [2 ** 25, 2 ** 29, MAX_FILE_PAGES - 4 * KEPT]) {
      sh.run('t', stream('f', 4 * KEPT, { at }));
      expect(saved()).toBeLessThan(1.2 * early);
    }
    expect(brokenInvariants(Machine.load(sh.machine.save()).save().state)).toEqual([]);
  });

  test('take their places with them, and so do pages that were dropped: the tables do not grow', () => {
    const sh = machine();
    for (let i = 0; i < 60; i += 1) {
      sh.run('t', stream('f', 3000, { at: i * PAGES }));
      sh.machine.perform({ op: 'drop', file: null });
    }
    expect(sh.state().mm.tables.chunks).toBeLessThanOrEqual(2 * LEAST_CHUNKS);
    expect(brokenInvariants(sh.state())).toEqual([]);
  });

  test('are let go at the same moment in a machine that was saved and loaded meanwhile', () => {
    const sh = machine();
    const other = machine();
    let loaded = other;
    for (let i = 1; i <= 6; i += 1) {
      sh.run('t', stream('f', i * KEPT));
      loaded.run('t', stream('f', i * KEPT));
      loaded = new Console(Machine.load(loaded.machine.save()));
    }
    expect([refaults(loaded), loaded.machine.now]).toEqual([refaults(sh), sh.machine.now]);
  });
});
