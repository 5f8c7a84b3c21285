import { newRandom } from '../kernel/random.ts';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import { Mistake } from '../script/mistake.ts';
import { parentOf } from '../script/paths.ts';
import { bytesIn } from '../script/values.ts';
import type { Behaviour } from '../task/behaviour.ts';
import { READ, TRUNCATE } from '../task/behaviour.ts';
import { traceOpener } from '../workload/trace-opener.ts';
import type { Prediction, Step } from './prediction.ts';

/**
 * What the helper is to do, as text: a line a step, its words parted by blanks, with \xHH for what would part them.
 * `files N`, `scratch BYTES`, `records N` come first; then rounds, each from `round NAME NS` to `end`, on groups and files
 * of its own. helper/plan.c carries it out.
 */
export interface Plan {
  readonly lines: readonly string[];
  /** Of all traces, as helper.h has them. */
  readonly records: Uint8Array;
  /** By their number. */
  readonly files: readonly PlannedFile[];
}

export interface PlannedFile {
  /** Its greatest length. */
  pages: number;
  /** It is there before the first step: who writes it first makes it. */
  isRead: boolean | null;
}

/** What a script's tasks do, or a program itself. */
export type Round = {
  readonly name: string;
  /** ms, until it is cut off. */
  readonly within: number;
} & ({ readonly prediction: Prediction } | { readonly program: PlannedProgram });

/** By `sh -c`, in a group of its own. */
export interface PlannedProgram {
  readonly command: string;
  readonly folder: string;
  /** null: none. */
  readonly limit: Pages | null;
}

/** Where programs are run. */
export const PROGRAM_GROUP = '/program';

const RECORD = 24;
/** Where a guest's programs find room for files is the guest's own. */
const TEMPORARY = ['TMPDIR', 'TMP', 'TEMP'];
/** Records that are read at once. */
const BATCH = 16_384;
const LOOP = 'memory.reclaim_loop.';
/** src/policy/reclaim-loop.ts; -1 is max. */
const USUAL_LOOP = { start: -1, target: -1, batch: 32 << 20, interval_ms: 1000 };
const PATTERNS = ['seq', 'random', 'zipf', 'hot'];

/** Throws a Mistake for what can't be planned. */
/** `version`: of the cgroups that it is for. */
export async function planOf(rounds: readonly Round[], version: 1 | 2 = 2): Promise<Plan> {
  const planner = new Planner(version);
  for (const round of rounds) {
    planner.begin(round);
    if ('program' in round) planner.program(round.program);
    else await planner.script(round.prediction);
    planner.end();
  }
  return planner.plan();
}

class Planner {
  readonly #version: 1 | 2;
  readonly #files: PlannedFile[] = [];
  readonly #lines: string[] = [];
  readonly #records: Uint8Array[] = [];
  #recordCount = 0;
  #block = 1;
  /** Of programs. */
  #environment: NodeJS.ProcessEnv = {};
  /** Of the round in hand. */
  #loops = new Map<string, typeof USUAL_LOOP>();
  #ids = new Map<string, number>();
  #filesOf = new Map<string, Set<number>>();

  constructor(version: 1 | 2) {
    this.#version = version;
  }

  begin({ name, within }: Round): void {
    this.#lines.push(`round ${name} ${Math.round(within * 1e6)}`);
  }

  end(): void {
    this.#lines.push('end');
  }

  program({ command, folder, limit }: PlannedProgram): void {
    this.#lines.push(
      `mkdir ${PROGRAM_GROUP}`,
      ...(limit === null
        ? []
        : [this.#write(PROGRAM_GROUP, 'memory.max', `${limit * PAGE_SIZE}`)?.join(' ') ?? '']),
      `program ${PROGRAM_GROUP} ${encoded(folder)} /bin/sh -c ${encoded(command)}`,
    );
    this.#environment = process.env;
  }

  async script(prediction: Prediction): Promise<void> {
    this.#loops = new Map();
    this.#ids = new Map();
    this.#filesOf = new Map();
    const { a, b, c, counter } = newRandom(prediction.result.options?.seed ?? 1);
    const steps: [Step, string[]][] = [];
    for (const [index, step] of prediction.steps.entries()) {
      const after = prediction.steps[index + 1]?.at ?? prediction.result.virtualNs;
      const words = await this.#step(step, prediction, after);
      if (words !== null) steps.push([step, words]);
    }
    this.#lines.push(`random ${[a, b, c, counter].map((word) => word >>> 0).join(' ')}`);
    for (const [{ operation, refused }, words] of steps) {
      // A task opens its files before it joins its group.
      const files = operation.op === 'spawn' ? [...(this.#filesOf.get(operation.task) ?? [])] : [];
      this.#lines.push(`${refused ? '?' : ''}${[...words, ...files].join(' ')}`);
    }
  }

  plan(): Plan {
    const settings = [
      `files ${this.#files.length}`,
      `scratch ${this.#block * PAGE_SIZE}`,
      `records ${this.#recordCount}`,
      ...Object.entries(this.#environment)
        .filter(([name]) => !TEMPORARY.includes(name))
        .map(([name, value]) => `env ${encoded(`${name}=${value}`)}`),
    ];
    return {
      lines: [...settings, ...this.#lines],
      records: Buffer.concat(this.#records),
      files: this.#files,
    };
  }

  async #step({ operation, at }: Step, prediction: Prediction, after: number): Promise<string[] | null> {
    switch (operation.op) {
      case 'mkdir':
      case 'rmdir':
        return [operation.op, encoded(operation.path)];
      case 'write': {
        const group = parentOf(operation.path);
        const name = operation.path.slice(operation.path.lastIndexOf('/') + 1);
        return this.#write(group, name, new TextDecoder('latin1').decode(operation.data));
      }
      case 'spawn':
        return ['spawn', operation.task, encoded(operation.cgroup)];
      case 'kill':
        return ['kill', operation.task, operation.signal];
      case 'attach':
        return ['attach', operation.task, encoded(operation.cgroup)];
      case 'renice':
        return ['renice', operation.task, `${operation.nice}`];
      case 'start':
      case 'run':
        return [
          operation.op,
          operation.task,
          ...(await this.#behaviour(operation.task, operation.behaviour, prediction)),
        ];
      case 'stop':
      case 'wait-task':
        return [operation.op === 'stop' ? 'stop' : 'wait', operation.task];
      case 'sleep':
        return ['sleep', `${Math.max(0, operation.until - at)}`];
      case 'let-pass':
        return ['at', `${operation.until}`];
      // As long as it was predicted to take.
      case 'wait-until':
        return ['sleep', `${Math.max(0, after - at)}`];
      case 'drop':
        return ['drop', operation.file === null ? '-1' : `${this.#file(operation.file, 0, null)}`];
      case 'truncate':
        return ['truncate', `${this.#file(operation.file, operation.pages, null)}`, `${operation.pages}`];
      case 'sync':
        return ['sync'];
      default:
        return null;
    }
  }

  #write(group: string, name: string, text: string): string[] | null {
    if (this.#version === 2)
      return (
        this.#loop(group, name, text) ?? [
          'write',
          encoded(group),
          name,
          encodedBytes(Buffer.from(text, 'latin1')),
        ]
      );
    // Version 1 has a memory controller in every group.
    if (name === 'cgroup.subtree_control') return null;
    if (name !== 'memory.max')
      throw new Mistake(
        `${name}: cgroups of version 1, which this machine has, have nothing that stands for it`,
        0,
      );
    return ['write', encoded(group), 'memory.limit_in_bytes', text === 'max' ? '-1' : encoded(text)];
  }

  /** What is written to a knob of a loop that reclaims, has the loop begun anew; null: it is none. */
  #loop(group: string, name: string, text: string): string[] | null {
    if (!name.startsWith(LOOP)) return null;
    const known = this.#loops.get(group) ?? USUAL_LOOP;
    const value = Number(bytesIn(text.trim()) ?? -1);
    const knobs = { ...known, [name.slice(LOOP.length)]: value };
    this.#loops.set(group, knobs);
    const { start, target, batch, interval_ms: interval } = knobs;
    return [
      'loop',
      encoded(group),
      `${start}`,
      `${target < 0 ? start : target}`,
      `${batch}`,
      `${interval * 1e6}`,
    ];
  }

  async #behaviour(task: string, behaviour: Behaviour, prediction: Prediction): Promise<string[]> {
    const numbers = async (): Promise<(number | boolean)[]> => {
      switch (behaviour.kind) {
        case 'alloc':
          return [behaviour.pages];
        case 'free':
          return [behaviour.pages ?? -1];
        case 'touch': {
          const { pages, pattern, times, forTime, write, rate } = behaviour;
          const [first, second] =
            pattern.kind === 'zipf'
              ? [pattern.theta, 0]
              : pattern.kind === 'hot'
                ? [pattern.share, pattern.of]
                : [0, 0];
          return [
            pages ?? -1,
            PATTERNS.indexOf(pattern.kind),
            first,
            second,
            times ?? -1,
            forTime ?? -1,
            write,
            rate ?? 0,
          ];
        }
        case 'stream': {
          const { file, pages, at, write, random, times, rate, block, readahead } = behaviour;
          this.#block = Math.max(this.#block, Math.min(block, pages));
          const id = this.#file(file, at + pages, !write, task);
          return [id, pages, at, write, random, times, rate ?? 0, block, readahead];
        }
        case 'map':
          return [this.#file(behaviour.file, behaviour.pages, true, task), behaviour.pages];
        case 'trace':
          return [...(await this.#trace(task, behaviour, prediction)), behaviour.asap];
        case 'sleep':
          return [behaviour.time];
      }
    };
    return [behaviour.kind, ...(await numbers()).map((each) => `${Number(each)}`)];
  }

  async #trace(
    task: string,
    { source: id, file: name }: Extract<Behaviour, { kind: 'trace' }>,
    { traces }: Prediction,
  ): Promise<[first: number, count: number]> {
    const place = traces.get(id);
    if (place === undefined) throw new Error(`nobody has opened the trace ${id}`);
    const first = this.#recordCount;
    const source = await traceOpener.open(place.path, place.format, null);
    try {
      for (let last = false; !last; ) {
        const read = await source.read(this.#recordCount - first, BATCH);
        last = read.last;
        const { time, file, page, count, op } = read.batch;
        const bytes = Buffer.alloc(time.length * RECORD);
        for (let i = 0; i < time.length; i += 1) {
          const named = source.files[file[i]] || (file[i] === 0 ? name : `${name}.${file[i]}`);
          const end = page[i] + (op[i] === TRUNCATE ? 0 : count[i]);
          const number = this.#file(
            named,
            end,
            op[i] === READ ? true : op[i] === TRUNCATE ? null : false,
            task,
          );
          this.#block = Math.max(this.#block, count[i]);
          bytes.writeBigInt64LE(BigInt(Math.round(time[i])), i * RECORD);
          bytes.writeInt32LE(number, i * RECORD + 8);
          bytes.writeInt32LE(page[i], i * RECORD + 12);
          bytes.writeInt32LE(count[i], i * RECORD + 16);
          bytes.writeInt32LE(op[i], i * RECORD + 20);
        }
        this.#records.push(bytes);
        this.#recordCount += time.length;
      }
    } finally {
      await source.close();
    }
    return [first, this.#recordCount - first];
  }

  /** A file's number, by its name in the round; it is at least so long. */
  #file(name: string, pages: number, isRead: boolean | null, task: string | null = null): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#files.push({ pages: 0, isRead: null }) - 1;
      this.#ids.set(name, id);
    }
    const file = this.#files[id];
    file.pages = Math.max(file.pages, pages);
    file.isRead ??= isRead;
    if (task !== null) {
      const known = this.#filesOf.get(task) ?? new Set();
      this.#filesOf.set(task, known.add(id));
    }
    return id;
  }
}

/** No plan has more files than a task can have open. */
export function checkPlan({ files }: Plan): void {
  if (files.length > 200_000) throw new Mistake(`${files.length} files: a guest has 200,000 at most`, 0);
}

const encoded = (text: string): string => encodedBytes(new TextEncoder().encode(text));

function encodedBytes(bytes: Uint8Array): string {
  const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`;
  const text = [...bytes].map((byte) =>
    byte <= 0x20 || byte >= 0x7f || byte === 0x5c ? hex(byte) : String.fromCharCode(byte),
  );
  return text.length === 0 ? hex(0) : text.join('');
}
