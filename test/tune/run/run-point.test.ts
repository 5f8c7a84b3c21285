import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ns, type Pages, pages } from '../../../src/kernel/units.ts';
import { Machine } from '../../../src/machine/machine.ts';
import { bootScriptFile } from '../../../src/script/package-files.ts';
import { runScript } from '../../../src/script/run.ts';
import { ExecutorFailure } from '../../../src/tune/run/executor.ts';
import type { Point } from '../../../src/tune/sweep.ts';
import { traceOpener } from '../../../src/workload/trace-opener.ts';
import { settings } from '../../script/scripts.ts';
import { Folder } from '../../session/sessions.ts';
import { jobOf, measurementOf, READER, TOUCHER } from '../jobs.ts';

const MIB = 256;
const POINT: Point = {
  policy: 'rfc',
  limit: pages(16 * MIB),
  high: pages(14 * MIB),
  low: pages(12 * MIB),
  seed: 1,
};
const at = (point: Partial<Point>) => ({ script: 0, point: { ...POINT, ...point } });

describe('a point', () => {
  test.each([
    ['rfc', POINT],
    ['none', { ...POINT, policy: 'none', high: POINT.limit, low: POINT.limit }],
  ])('comes to what replay says of the same marks: %s', async (policy, point) => {
    using folder = new Folder();
    writeFileSync(folder.at('a.memcg'), READER);
    let machine: Machine | null = null;
    const size = (count: Pages): string => `${count * 4}K`;
    writeFileSync(
      folder.at('b.memcg'),
      `set default low_wmark_in_bytes=${size(point.low)} high_wmark_in_bytes=${size(point.high)} limit_in_bytes=${size(point.limit)}\n${READER}`,
    );
    await runScript(
      settings(folder.at('b.memcg'), {
        boot: bootScriptFile(),
        options: { reclaimd: policy !== 'none' },
        bootMachine: (options) => {
          machine = Machine.boot(options);
          return machine;
        },
        traces: traceOpener,
        keepOutput: false,
      }),
    );
    const booted = machine as Machine | null;
    const stat = booted?.reclaimStat('/default');
    const measurement = await measurementOf(await jobOf('', { scripts: [folder.at('a.memcg')] }), {
      script: 0,
      point,
    });
    expect(measurement).toMatchObject({
      stalls: stat?.stall_count,
      stallP99: stat?.stall_p99_ns,
      cpu: stat?.bg_cpu_ns,
      passes: stat?.bg_passes,
      peak: booted?.usage('/default').max,
      elapsed: booted?.now,
      error: null,
    });
    expect(measurement.stalls + measurement.passes).toBeGreaterThan(0);
  });

  test('comes to the same however often it is run, and whatever was run before', async () => {
    const job = await jobOf(TOUCHER);
    const first = await measurementOf(job, at({}));
    await measurementOf(job, at({ seed: 7, low: pages(2 * MIB) }));
    expect(await measurementOf(job, at({}))).toEqual(first);
    expect(await measurementOf(await jobOf(TOUCHER), at({}))).toEqual(first);
  });

  test('leaves out what was before the end of the warm-up', async () => {
    const late = READER.replace('wait 10ms', 'wait 1s');
    const all = await measurementOf(await jobOf(late), at({ high: pages(6 * MIB), low: pages(4 * MIB) }));
    const warm = await measurementOf(
      await jobOf(late, { warmup: ns(500_000_000) }),
      at({ high: pages(6 * MIB), low: pages(4 * MIB) }),
    );
    expect(warm.elapsed).toBe(all.elapsed);
    expect(warm.peak).toBe(all.peak);
    expect(warm.passes).toBeGreaterThan(0);
    expect(warm.passes).toBeLessThan(all.passes);
    expect(warm.cpu).toBeLessThan(all.cpu);
  });

  test('says why its script ended early', async () => {
    const { error, oomKills } = await measurementOf(await jobOf('spawn a\nrun a alloc 32M\n'), at({}));
    expect(oomKills).toBe(1);
    expect(error).toMatch(/^-:2: run a alloc/);
  });

  test.each(['alinux', 'kswapd2011', 'memory.high', 'reclaim-loop'])(
    'can be run under %s',
    async (policy) => {
      const measurement = await measurementOf(await jobOf(READER), at({ policy }));
      expect(measurement.error).toBeNull();
      expect(measurement.peak).toBeLessThanOrEqual(16 * MIB);
    },
  );

  test('keeps a trace between runs, and knows another in its place', async () => {
    using folder = new Folder();
    const rows = Array.from({ length: 6000 }, (_, i) => `${i / 1e4},read,4096,${(i % 5000) * 4096}`);
    writeFileSync(folder.at('t.csv'), `time,op,size,offset\n${rows.join('\n')}\n`);
    writeFileSync(folder.at('a.memcg'), 'spawn a\nrun a trace t.csv --asap\n');
    const job = await jobOf('', { scripts: [folder.at('a.memcg')] });
    const first = await measurementOf(job, at({}));
    writeFileSync(folder.at('t.csv'), 'time,op,size,offset\n0,read,4096,0\n');
    expect(await measurementOf(job, at({}))).toEqual(first);
    await expect(measurementOf({ ...job }, at({}))).rejects.toThrow(ExecutorFailure);
    await expect(measurementOf({ ...job }, at({}))).rejects.toThrow('another trace');
  });
});
