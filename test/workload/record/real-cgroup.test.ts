import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RealCgroup } from '../../../src/workload/record/real-cgroup.ts';
import { NOTHING_YET, type Sample } from '../../../src/workload/record/sample.ts';

/** Cgroups of both versions as folders, their counters in MiB. */

const MIB = 2 ** 20;
const pages = (mib: number): number => (mib * MIB) / 4096;

interface Looks {
  /** In memory, and of that dirty; what was reclaimed, came in, came back and was stored since it was made. */
  readonly file: number;
  readonly dirty?: number;
  readonly reclaimed?: number;
  readonly refaults?: number;
  readonly stored?: number;
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const VERSIONS = [
  [
    1,
    ({ file, dirty = 0, reclaimed = 0, refaults = 0 }: Looks) => ({
      'memory.stat':
        `cache ${file * MIB}\nrss 0\nshmem 0\ndirty ${dirty * MIB}\nwriteback 0\npgfault 0\n` +
        `pgpgin ${pages(file + reclaimed)}\nworkingset_refault_file ${pages(refaults)}\n`,
      'memory.usage_in_bytes': `${file * MIB}\n`,
      'memory.limit_in_bytes': `${100 * MIB}\n`,
    }),
  ],
  [
    2,
    ({ file, dirty = 0, reclaimed = 0, refaults = 0, stored = 0 }: Looks) => ({
      'memory.stat':
        `anon 0\nfile ${file * MIB}\nshmem 0\nfile_dirty ${dirty * MIB}\nfile_writeback 0\npgfault 0\n` +
        `pgsteal ${pages(reclaimed)}\nworkingset_refault_file ${pages(refaults)}\n`,
      'io.stat': `8:0 rbytes=0 wbytes=${stored * MIB} rios=0\n`,
      'memory.current': `${file * MIB}\n`,
      'memory.max': `${100 * MIB}\n`,
      'memory.high': 'max\n',
    }),
  ],
] as const;

describe.each(VERSIONS)('a cgroup of version %i', (version, filesOf) => {
  function recorded(looks: readonly Looks[]): { last: Sample; pressed: string | null; notes: string[] } {
    const folder = mkdtempSync(join(tmpdir(), 'memcg-cgroup-'));
    folders.push(folder);
    const show = (look: Looks): void => {
      for (const [name, text] of Object.entries(filesOf(look))) writeFileSync(join(folder, name), text);
    };
    show(looks[0]);
    const cgroup = RealCgroup.at(folder);
    if (typeof cgroup === 'string') throw new Error(cgroup);
    expect(cgroup.version).toBe(version);
    let last = NOTHING_YET;
    for (const [i, look] of looks.entries()) {
      show(look);
      last = cgroup.look(i * 50e6) ?? last;
    }
    cgroup.close();
    return { last, pressed: cgroup.pressed, notes: [...cgroup.notes] };
  }

  it('that has room is not under pressure', () => {
    const { last, pressed, notes } = recorded([{ file: 10 }, { file: 40 }]);
    expect(last.read).toBe(40 * MIB);
    expect({ pressed, notes }).toEqual({ pressed: null, notes: [] });
  });

  it('at its limit says so, and what comes back enlarges its files', () => {
    const { last, pressed, notes } = recorded([
      { file: 99, reclaimed: 500, refaults: 300 },
      { file: 99, reclaimed: 560, refaults: 360 },
      { file: 99, reclaimed: 600, refaults: 390 },
    ]);
    expect(pressed).toMatch(/recorded under pressure: 99M of 100M/);
    // 90M came back, and 10M were never there.
    expect(last.read).toBe((99 + 90 + 10) * MIB);
    expect(notes.join()).toMatch(/larger than they look/);
  });

  it('is not made endless by what comes back again and again', () => {
    const { last } = recorded([{ file: 90 }, { file: 90, reclaimed: 900, refaults: 900 }]);
    expect(last.read).toBe(180 * MIB);
  });

  it('that writes the same file again and again has read nothing', () => {
    const rounds = Array.from({ length: 50 }, (_, i) => ({ file: 10, dirty: 10 - (i % 2), stored: 10 * i }));
    const { last } = recorded([{ file: 0 }, ...rounds]);
    expect({ read: last.read, written: last.written }).toEqual({ read: 0, written: 10 * MIB });
    if (version === 2) expect((last.calls?.written ?? 0) / MIB).toBeCloseTo(500, -1);
  });
});
