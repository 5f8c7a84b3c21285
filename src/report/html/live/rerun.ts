import { type Nanoseconds, type Pages, UNSET_PAGES } from '../../../kernel/units.ts';
import { Machine, type MachineOptions, type Observer } from '../../../machine/machine.ts';
import type { WantedMarks } from '../../../policy/card.ts';
import { bootScriptName } from '../../../script/boot-script.ts';
import { marksCommands } from '../../../script/given-marks.ts';
import { readKernel, readPolicy, readSeed, withOptions } from '../../../script/options.ts';
import { shown } from '../../../script/paths.ts';
import type { RunResult } from '../../../script/result.ts';
import { type BootScript, runScript } from '../../../script/run.ts';
import { linesOfText } from '../../../script/script-files.ts';
import type { TraceMemory, TraceOpener } from '../../../script/traces.ts';
import { readPages, readWhole } from '../../../script/values.ts';
import { quote } from '../../../script/words.ts';
import { type Carried, OWN_BOOT } from './carried.ts';
import { DISKS } from './disks.ts';
import { edited, knobsTyped } from './edited.ts';
import { LIKE, MARK_NAMES, type MarkName, markKey, type Setting, sizeText } from './setting.ts';

/** How a run is to be made, beside what it is. */
export interface Around {
  readonly memory: TraceMemory;
  readonly signal: AbortSignal;
  readonly progress: (now: Nanoseconds) => void;
  readonly keepOutput: boolean;
  readonly observer?: Observer | null;
}

/** A script's run number `run` of its report, with what its reader has changed: as `memcg replay` would make it. */
export async function rerun(
  carried: Carried,
  run: number,
  setting: Setting,
  { memory, signal, progress, keepOutput, observer = null }: Around,
): Promise<RunResult> {
  const { apart, options: had } = carried.runs[Number(setting[LIKE] ?? run)] ?? carried.runs[0];
  const options = withOptions(withOptions(carried.options, apart), optionsIn(setting));
  const { texts, marks } = withMarks(carried, setting, withOptions(had, options));
  const { script, group } = carried;
  let machine: Machine | undefined;
  const result = await runScript({
    script,
    stdin: NOTHING,
    lines: (path) => linesOfText(texts[path] ?? ''),
    boot: bootOf(carried),
    group,
    options,
    before: (booted) =>
      marksCommands({ marks: marks && { ...marks, given: null }, group, policies: [] }, booted),
    bootMachine: (asked) => {
      machine = Machine.boot(asked);
      return machine;
    },
    traces: CARRIED_ALONE,
    memory,
    print: null,
    drained: () => Promise.resolve(),
    keepOutput,
    observer,
    timeline: true,
    signal,
    progress,
    clock: () => performance.now(),
  });
  // The next run has its memory: to fetch that anew takes as long as to run.
  machine?.retire();
  return result;
}

/** How one has the same run outside of the page: what is typed, or what stands in the script. */
export function wordsFor(carried: Carried, setting: Setting): string {
  const { script, group } = carried;
  const had = carried.runs[0].options;
  const { marks, lines } = withMarks(carried, setting, withOptions(had, optionsIn(setting)));
  const given = (['kernel', 'policy', 'seed'] as const).flatMap((name) =>
    setting[name] === undefined ? [] : [`--${name}`, setting[name]],
  );
  const sizes = marks === null ? [] : MARK_NAMES.flatMap((mark) => [`--${mark}`, sizeText(marks[mark])]);
  const place = group === '/default' || marks === null ? [] : ['-g', shown(group)];
  const machine = optionsIn(setting);
  const costs = Object.entries(machine.costs ?? {}).map(([name, cost]) => `cost.${name}=${cost}ns`);
  const first = machine.cpus === undefined ? costs : [`cpus=${machine.cpus}`, ...costs];
  return [
    quote(['memcg', 'replay', ...sizes, ...place, ...given, script]),
    ...lines.map((line) => `in the script: ${line}`),
    ...(first.length === 0 ? [] : [`its first line: machine ${first.join(' ')}`]),
  ].join('\n');
}

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** All that a script reads is remembered. */
const CARRIED_ALONE: TraceOpener = {
  fault: () => null,
  open: (path) => Promise.reject(new Error(`${path}: this page does not carry it`)),
  isFault: (error): error is Error => error instanceof Error,
};

const bootOf = ({ boot }: Carried): BootScript => (boot === OWN_BOOT ? bootScriptName : boot);

function optionsIn(setting: Setting): Partial<MachineOptions> {
  const read = <T>(name: string, reader: (word: { text: string; column: number }) => T): T | undefined => {
    const text = setting[name];
    return text === undefined ? undefined : reader({ text, column: 0 });
  };
  const kernel = read('kernel', readKernel);
  const policy = read('policy', readPolicy);
  const seed = read('seed', readSeed);
  const cpus = read('cpus', (word) => readWhole(word, 1, 64));
  const costs = read('disk', ({ text }) => DISKS.find(({ name }) => name === text)?.costs);
  return {
    ...(kernel !== undefined && { kernel }),
    ...(policy !== undefined && { policy }),
    ...(seed !== undefined && { seed }),
    ...(cpus !== undefined && { cpus }),
    ...(costs !== undefined && { costs }),
  };
}

/** The marks of each cgroup where the script writes them; what it does not write itself, before its first line. */
function withMarks(
  { texts, script, group, marks: given }: Carried,
  setting: Setting,
  options: Partial<MachineOptions>,
): {
  readonly texts: Carried['texts'];
  readonly marks: WantedMarks | null;
  readonly lines: readonly string[];
} {
  const lines: string[] = [];
  let text = texts[script] ?? '';
  let marks = given;
  const cgroups = new Set(Object.keys(setting).flatMap((name) => name.split(':')[1] ?? []));
  for (const cgroup of cgroups) {
    const sizeOf = (mark: MarkName, most: Pages): Pages => {
      const size = setting[markKey(mark, cgroup)];
      return size === undefined ? most : readPages({ text: size, column: 0 });
    };
    const limit = sizeOf('limit', UNSET_PAGES);
    const high = sizeOf('high', limit);
    const wanted = { limit, high, low: sizeOf('low', high) };
    const knobs = knobsTyped(wanted, options);
    const done = edited(text, cgroup, group, knobs);
    text = done.text;
    lines.push(...done.lines);
    if (cgroup === group && done.left.length === knobs.length) marks = wanted;
  }
  return { texts: { ...texts, [script]: text }, marks, lines };
}
