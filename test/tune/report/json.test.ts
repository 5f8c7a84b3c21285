import { describe, expect, it } from 'vitest';
import type { Tuned } from '../../../src/tune/analysis/findings.ts';
import { analyse } from '../../../src/tune/analysis/findings.ts';
import { DEFAULT_OBJECTIVE } from '../../../src/tune/analysis/objective.ts';
import type { TuneJson } from '../../../src/tune/report/json.ts';
import { renderTune } from '../../../src/tune/report/render.ts';
import type { Sweep, Trial } from '../../../src/tune/sweep.ts';
import { m, stalled, sweep, trial, variety, written } from '../made-sweeps.ts';

const tuned = (trials: readonly Trial[], changes: Partial<Sweep> = {}): Tuned => {
  const made = sweep(trials, changes);
  return { sweep: made, findings: analyse(made, DEFAULT_OBJECTIVE) };
};
const read = async (...all: Tuned[]): Promise<TuneJson> => JSON.parse(await renderTune('json', all));

describe('the JSON of a sweep', () => {
  it('is one line', async () => {
    expect(await renderTune('json', [tuned(variety())])).toMatch(/^\{.*\}\n$/);
  });

  it('has these keys', async () => {
    const { scripts } = await read(tuned(variety()));
    expect(Object.keys(scripts[0] ?? {})).toEqual([
      'script',
      'sha256',
      'kernel',
      'peak',
      'limit',
      'auto_limit',
      'seeds',
      'warmup_ns',
      'objective',
      'partial',
      'recommended',
      'met',
      'robustness',
      'cheapest',
      'without',
      'policies',
      'trade_off',
      'regions',
      'certainty',
      'wrong_by_10_percent',
      'smallest_limit',
      'limits',
      'commands',
      'forms',
      'trials',
    ]);
    expect(Object.keys(scripts[0]?.commands ?? {})).toEqual(['memcg', 'replay']);
  });

  it('has what to type where that does what the marks do, and all of it with its figures', async () => {
    const forms = [written('alinux'), written('koordinator', {}, 7), written('reclaim-loop', stalled(409))];
    const { scripts } = await read(tuned(variety(), { written: forms }));
    expect(Object.keys(scripts[0]?.commands ?? {})).toEqual(['memcg', 'replay', 'alinux']);
    expect(scripts[0]?.forms).toMatchObject([
      {
        name: 'alinux',
        policy: 'alinux',
        holds: true,
        held: 8,
        of: 8,
        stalls: 0,
        knobs: { 'memory.wmark_ratio': '96', 'memory.wmark_scale_factor': '100' },
      },
      { name: 'koordinator', holds: false, held: 7 },
      {
        name: 'reclaim-loop',
        holds: false,
        stalls: 409,
        knobs: { 'memory.reclaim_loop.interval_ms': '100' },
      },
    ]);
  });

  it('counts bytes and nanoseconds', async () => {
    const { scripts } = await read(tuned(variety()));
    expect(scripts[0]?.recommended).toMatchObject({
      policy: 'rfc',
      limit: 100 << 20,
      high: 96 << 20,
      low: 95 << 20,
      region: 'fine',
      stalls: 0,
      cpu_ns: 12_000_000,
      cpu_share: 0.0012,
      refaults: 10,
      elapsed_ns: 10_000_000_000,
    });
    expect(scripts[0]?.regions[0]).toEqual({ region: 'spins', trials: 1, edge: 20 << 20 });
  });

  it.each<[string, Tuned, boolean]>([
    ['what was wanted is found', tuned(variety()), true],
    ['it is not', tuned([trial(90, 80, stalled(1))]), false],
    ['nothing survives', tuned([trial(90, 80, { oomKills: 1, floor: m(1) })]), false],
    ['the sweep is partial', tuned(variety(), { partial: 'interrupted' }), false],
  ])('says whether all is well when %s', async (_, each, ok) => {
    expect((await read(each)).ok).toBe(ok);
    expect((await read(tuned(variety()), each)).ok).toBe(ok);
  });
});
