import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readReplay } from '../../../src/cli/options/replay.ts';
import { policiesOf } from '../../../src/machine/kernels.ts';
import { type KernelVersion, Machine, type PolicyName } from '../../../src/machine/machine.ts';
import { marksCommands } from '../../../src/script/given-marks.ts';
import { Mistake } from '../../../src/script/mistake.ts';
import { bootScriptFile } from '../../../src/script/package-files.ts';
import { type RunSettings, runScript } from '../../../src/script/run.ts';
import { formsOf, ownApplications } from '../../../src/tune/analysis/apply.ts';
import { pointOfForm } from '../../../src/tune/analysis/written.ts';
import type { Marks, Measurement, Point } from '../../../src/tune/sweep.ts';
import { traceOpener } from '../../../src/workload/trace-opener.ts';
import { folder, settings } from '../../script/scripts.ts';
import { jobOf, measurementOf, READER } from '../jobs.ts';
import { m } from '../made-sweeps.ts';

/** What is printed is what was run: read back from the lines and replayed, it comes to the figures beside it. */

/** A run as `memcg replay` makes one, in the figures of a measurement. */
async function replayed(
  script: string,
  options: RunSettings['options'],
  before: RunSettings['before'],
): Promise<Partial<Measurement>> {
  let machine: Machine | null = null;
  await runScript(
    settings(script, {
      boot: bootScriptFile,
      options,
      before,
      bootMachine: (asked) => {
        machine = Machine.boot(asked);
        return machine;
      },
      traces: traceOpener,
      keepOutput: false,
      history: false,
    }),
  );
  const booted = machine as Machine | null;
  const stat = booted?.reclaimStat('/default');
  return {
    stalls: stat?.stall_count,
    stallTotal: stat?.stall_total_ns,
    stallMax: stat?.stall_max_ns,
    refaults: stat?.refaults,
    cpu: stat?.bg_cpu_ns,
    passes: stat?.bg_passes,
    peak: booted?.usage('/default').max,
    elapsed: booted?.now,
  } as Partial<Measurement>;
}

type Values = Readonly<Record<string, string | undefined>>;
const found = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
const echoes = (text: string): Values =>
  Object.fromEntries(
    [...text.matchAll(/echo (\S+) > memory\.(\S+)/g)].map(([, value, file]) => [file, value]),
  );

/** What each form says, read from its lines as whoever takes it reads it. */
const READERS: Readonly<Record<string, (text: string) => Values>> = {
  alinux: echoes,
  'memory.high': echoes,
  koordinator: (text) => {
    const { wmarkRatio, wmarkScalePermill } = JSON.parse(found(text, /memoryQOS: '(.*)'/) ?? '{}');
    return {
      max: found(text, /memory: (\d+K)i/),
      wmark_ratio: `${wmarkRatio}`,
      wmark_scale_factor: `${wmarkScalePermill}`,
    };
  },
  systemd: (text) => ({ max: found(text, /^MemoryMax=(.*)$/m), high: found(text, /^MemoryHigh=(.*)$/m) }),
  docker: (text) => ({
    max: found(text, /--memory (\d+k)/)?.toUpperCase(),
    high: found(text, /MemoryHigh=(\S+)/),
  }),
  k8s: (text) => ({
    max: found(text, /limits: .* (\d+K)i/),
    'qos.request': found(text, /requests: .* (\d+K)i/),
    'qos.throttling_factor': found(text, /memoryThrottlingFactor: (\S+)/),
  }),
  'reclaim-loop': (text) => ({
    max: echoes(text)['max'],
    'reclaim_loop.start': found(text, /-gt (\d+) \] \|\|/),
    'reclaim_loop.target': found(text, /while \[ "\$usage" -gt (\d+) \]/),
    'reclaim_loop.batch': found(text, /&& n=(\d+)/),
    'reclaim_loop.interval_ms': `${Number(found(text, /while sleep (\S+)/)) * 1000}`,
  }),
};

/** As files of that kernel's. */
const knobsOf = (name: string, lines: readonly string[], kernel: KernelVersion): [string, string][] =>
  Object.entries(READERS[name](lines.join('\n'))).map(([file, value]) => {
    if (value === undefined) throw new Error(`${name} does not say ${file}`);
    return [`memory.${file === 'max' && kernel === '2.6.26' ? 'limit_in_bytes' : file}`, value];
  });

const FIGURES = ['stalls', 'stallTotal', 'stallMax', 'refaults', 'cpu', 'passes', 'peak', 'elapsed'] as const;
const figures = (all: Measurement): Partial<Measurement> =>
  Object.fromEntries(FIGURES.map((name) => [name, all[name]]));

const tuned = (kernel: KernelVersion): string[] =>
  policiesOf(kernel).flatMap(({ name, start }) => (start === null ? [] : [name]));

const CASES = (['2.6.26', '6.1'] as const).flatMap((kernel) =>
  tuned(kernel).map((policy) => ({ kernel, policy })),
);

const files = folder({ 'reader.memcg': READER });
afterAll(files.remove);

/** A recorded program under one policy of each kernel, which has the forms of all; a made one under every policy. */
const RECORDED = fileURLToPath(new URL('../../../fixtures/recorded/sqlite.memcg', import.meta.url));
const MADE = files.path('reader.memcg');
const ALL = [
  ...CASES.map((each) => ({ ...each, script: MADE, limit: 20 })),
  { kernel: '2.6.26', policy: 'rfc', script: RECORDED, limit: 36 },
  { kernel: '6.1', policy: 'memory.high', script: RECORDED, limit: 36 },
] as const;

test.each(ALL)(
  'what is printed for $policy on $kernel comes to the figures beside it',
  { timeout: 300_000 },
  async ({ kernel, policy, script, limit }) => {
    const marks: Marks = { policy, limit: m(limit), high: m(limit - 2), low: m(limit - 2.5) };
    const [, replay] = ownApplications(
      { scripts: [script], kernel, group: '/default', policy, booting: [], seeds: [1] },
      marks,
    );
    expect(await typed(replay.lines.join(' '), policy)).toEqual(
      await measured(script, kernel, { ...marks, seed: 1 }),
    );
    for (const form of formsOf(kernel, marks)) {
      const again = await replayedAs(script, kernel, form.policy, knobsOf(form.name, form.lines, kernel));
      const beside = await measured(script, kernel, { ...pointOfForm(form, kernel), seed: 1 });
      expect({ form: form.name, ...again }).toEqual({ form: form.name, ...beside });
    }
  },
);

const runs = new Map<string, Promise<Partial<Measurement>>>();

/** What several ask for is run once. */
function once(key: unknown, run: () => Promise<Partial<Measurement>>): Promise<Partial<Measurement>> {
  const text = JSON.stringify(key);
  const known = runs.get(text) ?? run();
  runs.set(text, known);
  return known;
}

/** As tune runs it. */
const measured = (script: string, kernel: KernelVersion, point: Point): Promise<Partial<Measurement>> =>
  once([script, kernel, point], async () =>
    figures(
      await measurementOf(await jobOf('', { scripts: [script], options: { kernel } }), { script: 0, point }),
    ),
  );

/** As whoever takes the lines has it. */
const replayedAs = (
  script: string,
  kernel: KernelVersion,
  policy: string,
  knobs: readonly [string, string][],
): Promise<Partial<Measurement>> =>
  once([script, kernel, policy, knobs], () =>
    replayed(script, { kernel, policy: policy as PolicyName, seed: 1 }, () => [
      {
        name: 'set',
        cgroup: '/default',
        values: knobs.map(([file, value]) => ({ name: file, value, column: 0 })),
      },
    ]),
  );

/** `memcg replay SCRIPT --limit ...`, under one of the policies that it names. */
async function typed(line: string, policy: string): Promise<Partial<Measurement>> {
  const [, , script, ...words] = line.split(' ');
  const given = Object.fromEntries(
    words.flatMap((word, i) => (word.startsWith('--') ? [[word.slice(2), words[i + 1] ?? true]] : [])),
  );
  const asked = readReplay({ group: '/default', color: true, ...given, compare: false }, [script]);
  if (asked instanceof Mistake) throw asked;
  return await replayed(script, { ...asked.machine, policy: policy as PolicyName }, (machine) =>
    marksCommands(asked, machine),
  );
}
