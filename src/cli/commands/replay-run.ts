import { setTimeout } from 'node:timers/promises';
import { pageSize } from '../../kernel/numbers.ts';
import { type Pages, pages } from '../../kernel/units.ts';
import { Machine, type MachineOptions } from '../../machine/machine.ts';
import type { Carrier, Carry } from '../../report/html/live/carry.ts';
import type { Command } from '../../script/command.ts';
import { marksCommands } from '../../script/given-marks.ts';
import { Mistake } from '../../script/mistake.ts';
import type { RunResult } from '../../script/result.ts';
import { runScript } from '../../script/run.ts';
import { STDIN } from '../../script/script-files.ts';
import { sharing } from '../../script/shared-traces.ts';
import type { TraceOpener } from '../../script/traces.ts';
import { wallTime } from '../../script/wall-time.ts';
import type { TheMachine } from '../../script/world.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { standardInput, streamOf, wholeInput } from '../input.ts';
import type { Limited, ReplayOptions } from '../options/replay.ts';
import type { EventLog } from '../output/event-log.ts';
import { limitNote } from '../output/limit-note.ts';
import type { ReplayOutput } from '../output/replay-output.ts';
import { sayAmid } from '../output/say.ts';

export interface Replayed {
  readonly on: RunResult;
  /** Without background reclaim; null when nobody asked, or the first run was interrupted. */
  readonly off: RunResult | null;
  /** Under the second policy, or limit, and those after it; `on` is under the first. */
  readonly others: readonly RunResult[];
  /** The limits that they were run under; left out: policies set them apart. */
  readonly limits?: readonly Pages[];
  /** What a page needs to make them anew; a text: why it can't be had; left out: no page was asked for. */
  readonly carry?: Carry | string;
}

/** When the first of several runs is over by then, they are not worth another thread, ms. */
const SHORT = 50;

const inputOf = (kept: Uint8Array | null): AsyncIterable<Uint8Array> =>
  kept === null ? standardInput() : streamOf(kept);
const isShare = ({ marksAtPeak }: Limited): boolean => marksAtPeak !== null;

/** Runs scripts as the options say, each on a machine of its own. */
export class Replay {
  readonly #options: ReplayOptions;
  readonly #output: ReplayOutput;
  readonly #events: EventLog | null;
  readonly #signal: AbortSignal;
  /** Of the script in hand, where its runs go into a page. */
  #carrier: Carrier | null = null;

  constructor(options: ReplayOptions, output: ReplayOutput, events: EventLog | null, signal: AbortSignal) {
    this.#options = options;
    this.#output = output;
    this.#events = events;
    this.#signal = signal;
  }

  /** A Mistake when standard input would have to be read twice and is too large for that. */
  async replay(script: string): Promise<Replayed | Mistake> {
    const { compare, policies, limits } = this.#options;
    const asked = limits.length > 0 ? limits : [this.#options];
    const again = compare || policies.length > 1 || limits.length > 0 || isShare(this.#options);
    const kept = again && script === STDIN ? await wholeInput(standardInput()) : null;
    if (kept instanceof Mistake) return kept;
    if (!asked.some(isShare)) return await this.#underAll(script, kept, limits);
    const free = await this.#unlimited(script, inputOf(kept));
    if (free.error !== null) return { on: free, off: null, others: [] };
    const peak = free.cgroups.find(({ path }) => path === this.#options.group)?.usage.max ?? pages(0);
    const nothing = peak === 0 ? limitNote(free, this.#options.group, peak) : null;
    if (nothing !== null) return new Mistake(nothing, 0);
    const known: Limited[] = [];
    for (const each of asked) {
      const marks = each.marksAtPeak === null ? each.marks : each.marksAtPeak(peak);
      if (marks instanceof Mistake) return marks;
      known.push({ marks, marksAtPeak: null });
    }
    const sizes = known.map(({ marks }) => pageSize(marks?.limit ?? null)).join(', ');
    sayAmid(`${script}: the limit is ${sizes} of the ${pageSize(peak)} that it uses without one`);
    const options = { ...this.#options, ...known[0] };
    const replay = new Replay(options, this.#output, this.#events, this.#signal);
    return await replay.#underAll(script, kept, limits.length > 0 ? known : []);
  }

  /** `kept`: the script, where that was standard input. */
  async #underAll(script: string, kept: Uint8Array | null, limits: readonly Limited[]): Promise<Replayed> {
    if (limits.length === 0) return await this.#runAll(script, () => inputOf(kept));
    const { group, policies, boot } = this.#options;
    const [policy] = policies;
    const machine = policy === undefined ? {} : { policy };
    const run = (at: number, traces: TraceOpener) =>
      this.#run(script, inputOf(kept), machine, at === 0, () => limits[at].marks, traces);
    const traces = sharing(traceOpener);
    const first = run(0, traces);
    // All at once: what one of them reads of a trace the others are given.
    const here = (share: readonly number[]): Promise<RunResult[]> => {
      const shared = share[0] === 0 ? traces : sharing(traceOpener);
      return Promise.all(share.map((at) => (at === 0 ? first : run(at, shared))));
    };
    const isShort = await Promise.race([first.then(() => true), setTimeout(SHORT, false, { ref: false })]);
    const threads = isShort ? null : await import('./replay-threads.ts');
    const all = limits.map(({ marks }) => marks);
    const common =
      typeof boot === 'function' ? this.#asked(script, machine) : { ...this.#asked(script, machine), boot };
    const [on, ...others] = await (threads === null
      ? here([...limits.keys()])
      : threads.sharedOut(all, here, { ...common, input: kept, policies }, this.#signal));
    const sizes = limits.map(({ marks }) => marks?.limit ?? pages(0));
    const note = on.error === null ? limitNote(on, group, sizes[0]) : null;
    if (note !== null) sayAmid(`${script}: ${note}`);
    return { on, off: null, others, limits: sizes };
  }

  async #runAll(script: string, input: () => AsyncIterable<Uint8Array>): Promise<Replayed> {
    const { compare, policies, watch, group, marks, reports } = this.#options;
    if (reports.some(({ kind }) => kind === 'html')) {
      const { Carrier } = await import('../../report/html/live/carry.ts');
      this.#carrier = new Carrier(traceOpener);
    }
    const [policy, ...rest] = policies;
    const first = policy === undefined ? {} : { policy };
    const on = await (watch === null
      ? this.#run(script, input(), first, true)
      : this.#watch(script, input(), first, watch));
    const note = marks === null || on.error !== null ? null : limitNote(on, group, marks.limit);
    if (note !== null) sayAmid(`${script}: ${note}`);
    const off =
      compare && !this.#signal.aborted ? await this.#run(script, input(), { reclaimd: false }, false) : null;
    const others: RunResult[] = [];
    for (const other of rest) {
      if (!this.#signal.aborted) others.push(await this.#run(script, input(), { policy: other }, false));
    }
    const apart =
      off === null ? [first, ...rest.map((other) => ({ policy: other }))] : [first, { reclaimd: false }];
    return { on, off, others, ...(await this.#carried(script, apart)) };
  }

  async #carried(
    script: string,
    apart: readonly Partial<MachineOptions>[],
  ): Promise<Pick<Replayed, 'carry'>> {
    const { boot, group, machine: options, marks } = this.#options;
    if (this.#carrier === null || this.#signal.aborted) return {};
    return { carry: await this.#carrier.carry({ script, boot, group, options, marks, apart }) };
  }

  async #watch(
    script: string,
    stdin: AsyncIterable<Uint8Array>,
    machine: Partial<MachineOptions>,
    { color, speed, paused }: NonNullable<ReplayOptions['watch']>,
  ): Promise<RunResult> {
    const { boot, group } = this.#options;
    const options = { ...this.#options.machine, ...machine };
    const { watchScript } = await import('./replay-watch.ts');
    const before = (booted: TheMachine): Command[] | Mistake => marksCommands(this.#options, booted);
    const result = await watchScript(
      { script, stdin, boot, group, options, before, paused, ...(speed !== null && { speed }) },
      color,
    );
    // On the dashboard nobody has seen it.
    for (const { text } of result.output) this.#output.print?.(`${text}\n`);
    return result;
  }

  /** With all of the machine's memory, and nothing shown. */
  #unlimited(script: string, stdin: AsyncIterable<Uint8Array>): Promise<RunResult> {
    const all = ({ options: { memory } }: TheMachine) => ({
      low: memory,
      high: memory,
      limit: memory,
      given: null,
    });
    return this.#run(script, stdin, { reclaimd: false }, false, all);
  }

  #run(
    script: string,
    stdin: AsyncIterable<Uint8Array>,
    machine: Partial<MachineOptions>,
    first: boolean,
    marks = (_: TheMachine) => this.#options.marks,
    traces = this.#carrier?.traces ?? traceOpener,
  ): Promise<RunResult> {
    const options = this.#options;
    const output = this.#output;
    const events = first ? this.#events : null;
    const carrier = this.#carrier;
    return runScript({
      ...this.#asked(script, machine),
      stdin,
      boot: options.boot,
      before: (booted) => marksCommands({ ...options, marks: marks(booted) }, booted),
      bootMachine: (asked) => Machine.boot(asked),
      ...(carrier !== null && { lines: (path: string) => carrier.lines(path, stdin, this.#signal) }),
      traces,
      print: first ? output.print : null,
      drained: () => output.drained(),
      observer: events === null ? null : (event) => events.add(event),
      signal: this.#signal,
      progress: (now) => output.progress(script, now),
      clock: wallTime,
    });
  }

  /** What its runs have in common, plain data. */
  #asked(script: string, machine: Partial<MachineOptions>) {
    const { group, machine: options, reports } = this.#options;
    const { keepOutput, draws } = this.#output;
    return {
      script,
      group,
      options: { ...options, ...machine },
      keepOutput,
      history: draws || reports.length > 0,
      timeline: reports.length > 0,
    };
  }
}
