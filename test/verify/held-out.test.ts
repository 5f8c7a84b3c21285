import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newRandom, nextBelow } from '../../src/kernel/random.ts';
import { pages } from '../../src/kernel/units.ts';
import { FIGURES, valueIn } from '../../src/verify/comparison.ts';
import { runInGuest } from '../../src/verify/guest.ts';
import { planOf } from '../../src/verify/plan.ts';
import { type Prediction, predict } from '../../src/verify/prediction.ts';
import type { Results } from '../../src/verify/results.ts';
import { findTools, guestMemory } from '../../src/verify/tools.ts';
import { GUEST_MEMORY, PATIENCE } from '../../src/verify/verify.ts';
import { hasPrograms } from '../e2e/namespaces.ts';
import { freeIn, has } from '../support/has.ts';

/**
 * The recordings are of workloads that somebody chose. These are drawn anew each time, and run on the kernel itself
 * (a real 6.1, in user mode) as on ours: a rule that was fitted to the recordings would fail here.
 */

vi.setConfig({ hookTimeout: 240_000 });

const seed = Number(process.env['MEMCG_SEED']);
const random = newRandom(seed);
const between = (least: number, most: number): number => least + nextBelow(random, most - least + 1);

interface Drawn {
  readonly name: string;
  readonly lines: readonly string[];
  /** Pages of a file that are read one by one, in the trace that it names. */
  readonly trace?: readonly number[];
  /** How far off a count may be, as a share, where that is more than five (OOM kills: none; the peak: batches of a CPU). */
  readonly share: number;
}

const EXACT = 0.005;
const NEAR = 0.05;

const hotBesideOnce = (hot: number, times: number): string[] =>
  Array.from({ length: times }, (_, i) => [
    `run t stream hot ${hot}M`,
    `run t stream once 16M --at ${16 * i}M`,
  ]).flat();

function draw(): Drawn[] {
  const limit = between(12, 40);
  const file = between(limit + 2, 2 * limit);
  const hot = between(4, Math.floor(limit * 0.6));
  const high = between(10, limit - 1);
  const kept = between(3, limit - 4);
  const anon = between(4, limit - 4);
  const span = between(limit, 3 * limit) * 256;
  const max = (size: number): string => `write default/memory.max ${size}M`;
  return [
    {
      name: `a file of ${file}M read over and over under ${limit}M`,
      lines: [max(limit), 'spawn t', `run t stream f ${file}M --times ${between(2, 4)}`],
      share: 0,
    },
    {
      name: `a hot ${hot}M beside what is read once, under ${limit}M`,
      lines: [max(limit), 'spawn t', ...hotBesideOnce(hot, 5)],
      share: EXACT,
    },
    {
      name: `the same above memory.high ${high}M`,
      lines: [`write default/memory.high ${high}M`, 'spawn t', ...hotBesideOnce(hot, 4)],
      share: EXACT,
    },
    {
      name: `${anon}M of memory, and a file, under ${limit}M`,
      lines: [
        max(limit),
        'spawn t',
        `run t alloc ${anon}M`,
        `run t stream f ${file}M --times 2`,
        'run t touch all',
      ],
      share: EXACT,
    },
    {
      name: `a file of ${file}M that is dropped, and one that was cut to ${hot}M, under ${limit}M`,
      lines: [
        max(limit),
        'spawn t',
        `run t stream f ${file}M`,
        'drop all',
        // What the index gives back is uncharged a grace period later.
        'wait 200ms',
        `run t stream f ${file}M`,
        `truncate f ${hot}M`,
        'wait 200ms',
        `run t stream f ${file}M`,
      ],
      share: EXACT,
    },
    {
      name: `more memory than ${limit}M`,
      lines: [max(limit), 'spawn t', `start t alloc ${limit + between(1, 8)}M`, 'wait t'],
      share: 0,
    },
    {
      name: `random reads of ${span} pages under ${limit}M`,
      lines: [max(limit), 'spawn t', 'run t trace trace.csv --asap'],
      trace: Array.from({ length: 20_000 }, () => nextBelow(random, span)),
      share: EXACT,
    },
    {
      name: `memory.low ${kept}M of one of two below ${limit}M`,
      lines: [
        max(limit),
        'write default/cgroup.subtree_control +memory',
        'mkdir default/a',
        'mkdir default/b',
        `write default/a/memory.low ${kept}M`,
        'spawn a default/a',
        'spawn b default/b',
        `run a stream hot ${Math.min(limit - 2, kept + between(0, 8))}M`,
        `run b stream once ${2 * limit}M`,
      ],
      share: NEAR,
    },
  ];
}

const hasGuest =
  hasPrograms('linux.uml', 'cc', 'mke2fs', 'debugfs') &&
  has('memory for a guest', freeIn('/dev/shm') > 256 << 20);

/** A guest has no PSI. */
const COUNTED = FIGURES.filter(({ file }) => file !== 'memory.pressure');

describe.skipIf(!hasGuest)(`what nobody has recorded, drawn by ${seed}`, () => {
  const drawn = draw();
  const folder = mkdtempSync(join(tmpdir(), 'memcg-held-out-'));
  const predictions: Prediction[] = [];
  let results: Results;
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    for (const [i, { lines, trace }] of drawn.entries()) {
      const script = join(folder, `${i}.memcg`);
      writeFileSync(script, ['machine kernel=6.1', ...lines, ''].join('\n'));
      if (trace !== undefined)
        writeFileSync(
          join(folder, 'trace.csv'),
          `time,offset,size,op\n${trace.map((page, at) => `${at / 1e6},${page * 4096},4096,read\n`).join('')}`,
        );
      predictions.push(
        await predict({ script, group: '/default', standin: null, memory: GUEST_MEMORY, signal: null }, null),
      );
    }
    const within = 60_000;
    const plan = await planOf(predictions.map((prediction, i) => ({ name: `${i}`, within, prediction })));
    const options = { memory: guestMemory(GUEST_MEMORY), swap: pages(0), signal: null, copied: null };
    const found = await runInGuest(plan, findTools(), { ...options, within: within + PATIENCE });
    if (!('rounds' in found)) throw new Error(found.message);
    results = found;
  });

  test.each(drawn.map(({ name, share }, i) => ({ name, share, i })))('$name', ({ share, i }) => {
    const round = results.rounds.get(`${i}`);
    expect(round?.refused).toBeNull();
    const off: object[] = [];
    for (const { path, files } of predictions[i].result.cgroups) {
      if (path === '/') continue;
      for (const { name, file, keys } of COUNTED) {
        const here = valueIn(files[file], keys) ?? 0;
        const real = valueIn(round?.files.get(path)?.[file], keys) ?? 0;
        const few = file === 'memory.peak' ? 64 * 4096 : name === 'OOM kills' ? 0 : 5;
        if (Math.abs(here - real) > Math.max(few, real * share)) off.push({ path, name, here, real });
      }
    }
    expect(off).toEqual([]);
  });
});
