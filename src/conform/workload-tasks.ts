import { encodeText } from '../kernel/text.ts';
import { ns, pages } from '../kernel/units.ts';
import { ERRATA_SETS, Machine, type Operation } from '../machine/machine.ts';
import type { Behaviour } from '../task/behaviour.ts';

/** The recorded workloads as tasks of an emulated machine. */

const MIB = 256;
/** The recorded programs' own pages: stack, heap, a buffer. */
const OWN_PAGES = 8;
const HOT = 30;
/** read(2) and write(2) move 32 KiB. */
const BLOCK = pages(8);
const CGROUP = '/load';
const TASK = 'worker';

export interface Marks {
  readonly limit: number;
  readonly high: number;
  readonly low: number;
}

/** What a workload came to, by the names of the recording. */
export type Measures = Readonly<Record<string, number | string>>;

export const WORKLOADS = ['stream512', 'write256', 'anon60', 'mixed', 'bursty'] as const;
export type Workload = (typeof WORKLOADS)[number];

export function runWorkload(workload: Workload, cpus: number, marks: Marks): Measures {
  const worker = new Worker(cpus, marks);
  if (workload !== 'anon60') worker.run({ kind: 'alloc', pages: pages(OWN_PAGES) });
  const began = worker.machine.now;
  DO[workload](worker);
  return worker.measures((worker.machine.now - began) / 1e6);
}

const DO: Readonly<Record<Workload, (worker: Worker) => void>> = {
  /** Reads 512 MiB once. */
  stream512: (worker) => worker.stream('data', 0, 512 * MIB),
  write256: (worker) => worker.stream('data', 0, 256 * MIB, true),
  /** Touches 60 MiB and holds them for 2 s. */
  anon60: (worker) => {
    worker.run({ kind: 'alloc', pages: pages(60 * MIB) });
    worker.run({ kind: 'sleep', time: ns(2e9) });
  },
  /** Streams 256 MiB, and for each MiB reads 2 MiB of a hot file of 30 MiB, round and round. */
  mixed: (worker) => {
    let hot = 0;
    for (let i = 0; i < 256; i += 1) {
      worker.stream('data', i * MIB, MIB);
      for (let twice = 0; twice < 2; twice += 1) {
        worker.stream('hot', hot * MIB, MIB);
        hot = (hot + 1) % HOT;
      }
    }
  },
  /** 64 times 4 MiB, with pauses of 20 ms. */
  bursty: (worker) => {
    for (let i = 0; i < 64; i += 1) {
      worker.stream('data', i * 4 * MIB, 4 * MIB);
      worker.run({ kind: 'sleep', time: ns(2e7) });
    }
  },
};

class Worker {
  readonly machine: Machine;

  constructor(cpus: number, marks: Marks) {
    this.machine = Machine.boot({ cpus, errata: ERRATA_SETS['recorded'] ?? [] });
    this.#do({ op: 'mkdir', path: CGROUP });
    for (const [file, size] of [
      ['low_wmark', marks.low],
      ['high_wmark', marks.high],
      ['limit', marks.limit],
    ]) {
      this.#do({ op: 'write', path: `${CGROUP}/memory.${file}_in_bytes`, data: encodeText(String(size)) });
    }
    this.#do({ op: 'spawn', task: TASK, cgroup: CGROUP });
  }

  run(behaviour: Behaviour): void {
    this.#do({ op: 'run', task: TASK, behaviour });
  }

  stream(file: string, at: number, count: number, write = false): void {
    const base = { kind: 'stream', file, random: false, times: 1, rate: null, readahead: true } as const;
    this.run({ ...base, pages: pages(count), at: pages(at), write, block: BLOCK });
  }

  /** As the recorder read them: at the exit of the worker, and a second later. */
  measures(elapsed: number): Measures {
    const { machine } = this;
    this.#do({ op: 'kill', task: TASK, signal: 'KILL' });
    const usageAtExit = machine.usage(CGROUP).usage * 4096;
    this.#do({ op: 'sleep', until: ns(machine.now + 1e9) });
    const { usage, max } = machine.usage(CGROUP);
    const stat = machine.counters(CGROUP);
    const failcnt = machine.read(`${CGROUP}/memory.failcnt`);
    return {
      exit: 'ok',
      setup_ok: 1,
      failcnt: failcnt.ok ? Number(failcnt.value) : Number.NaN,
      max_usage: max * 4096,
      usage_at_exit: usageAtExit,
      usage_1s: usage * 4096,
      pgpgin: stat.pgpgin,
      over_high: stat.overHigh,
      wakeups: stat.bgWakeups,
      sleeps: stat.bgSleeps,
      passes: stat.bgPasses,
      zero_passes: stat.bgZeroPasses,
      reclaimed_pages: stat.bgReclaimed,
      elapsed_ms: Math.round(elapsed),
    };
  }

  #do(operation: Operation): void {
    const answer = this.machine.perform(operation);
    const stop = answer === null ? this.machine.run(null) : null;
    const result = answer ?? (stop?.why === 'done' ? stop.result : null);
    if (result === null || !result.ok) throw new Error(`${operation.op}: ${result?.errno ?? 'stands still'}`);
  }
}
