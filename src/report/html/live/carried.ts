import type { MachineOptions } from '../../../machine/machine.ts';
import type { WantedMarks } from '../../../policy/card.ts';
import { BATCH, TraceMemory } from '../../../script/traces.ts';
import type { TraceBatch } from '../../../task/behaviour.ts';

/** What a page has with it to run its script anew: made by carry.ts, read in the page's worker. */
export interface Carried {
  readonly script: string;
  /** The lines of scripts by their paths: its own, of what it includes, and of what boots its machines. */
  readonly texts: Readonly<Record<string, string>>;
  /** A path; `own`: memcg's, by the machine's options; null: a bare machine. */
  readonly boot: string | null;
  readonly group: string;
  /** What the command line said of the machine, and of the group's marks. */
  readonly options: Partial<MachineOptions>;
  readonly marks: WantedMarks | null;
  readonly runs: readonly CarriedRun[];
  /** When the longest of them ended, ns. */
  readonly until: number;
  readonly traces: readonly CarriedTrace[];
}

export const OWN_BOOT = 'own';

export interface CarriedRun {
  readonly name: string;
  /** What sets it apart from the others. */
  readonly apart: Partial<MachineOptions>;
  /** The machine that it had. */
  readonly options: MachineOptions;
}

interface CarriedTrace {
  readonly path: string;
  readonly format: string | null;
  readonly files: readonly string[];
  readonly records: number;
  /** Its records' bytes. */
  readonly length: number;
}

/** The records of a trace, and the names of their files. */
export interface Records {
  readonly path: string;
  readonly format: string | null;
  readonly files: readonly string[];
  readonly batches: readonly TraceBatch[];
}

/** All that a page carries as bytes, which are to be compressed. */
export function packedCarried(
  all: readonly (Omit<Carried, 'traces'> & { readonly traces: readonly Records[] })[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  const heads = all.map((carried) => ({
    ...carried,
    traces: carried.traces.map(({ batches, ...trace }): CarriedTrace => {
      const bytes = packedRecords(batches);
      parts.push(bytes);
      return {
        ...trace,
        records: batches.reduce((sum, { time }) => sum + time.length, 0),
        length: bytes.length,
      };
    }),
  }));
  const head = new TextEncoder().encode(JSON.stringify(heads));
  const whole = new Uint8Array(4 + head.length + parts.reduce((sum, { length }) => sum + length, 0));
  new DataView(whole.buffer).setUint32(0, head.length);
  whole.set(head, 4);
  let at = 4 + head.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What was packed; the records stand in a memory from which any number of runs can be fed. */
export function unpackedCarried(
  whole: Uint8Array,
): { readonly carried: Carried; readonly memory: TraceMemory }[] {
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  const all: Carried[] = JSON.parse(new TextDecoder().decode(whole.subarray(4, 4 + length)));
  let at = 4 + length;
  return all.map((carried) => {
    const memory = new TraceMemory(Infinity, { pinned: true });
    for (const { path, format, files, records, length: bytes } of carried.traces) {
      const batch = unpackedRecords(whole.subarray(at, at + bytes), records);
      at += bytes;
      memory.know(path, path, format);
      for (let from = 0; from === 0 || from < records; from += BATCH) {
        const part = slice(batch, from, from + BATCH);
        memory.keep(path, from, { ok: true, batch: part, last: from + BATCH >= records, files });
      }
    }
    return { carried, memory };
  });
}

const slice = ({ time, file, page, count, op }: TraceBatch, from: number, to: number): TraceBatch => ({
  time: time.slice(from, to),
  file: file.slice(from, to),
  page: page.slice(from, to),
  count: count.slice(from, to),
  op: op.slice(from, to),
});

/** Column by column, each value by how it differs from the one before: most take a byte, and the same one again. */
function packedRecords(batches: readonly TraceBatch[]): Uint8Array {
  const out = new Bytes();
  const each = (column: (batch: TraceBatch) => ArrayLike<number>): void => {
    let before = 0;
    for (const batch of batches) {
      const values = column(batch);
      for (let i = 0; i < values.length; i++) {
        out.signed(values[i] - before);
        before = values[i];
      }
    }
  };
  each(({ time }) => time);
  each(({ file }) => file);
  each(({ page }) => page);
  each(({ count }) => count);
  each(({ op }) => op);
  return out.all;
}

function unpackedRecords(bytes: Uint8Array, records: number): TraceBatch {
  const values = new Values(bytes);
  const fill = <A extends Float64Array | Int32Array | Uint8Array>(column: A): A => {
    let value = 0;
    for (let i = 0; i < records; i++) {
      value += values.signed();
      column[i] = value;
    }
    return column;
  };
  return {
    time: fill(new Float64Array(records)),
    file: fill(new Int32Array(records)),
    page: fill(new Float64Array(records)),
    count: fill(new Int32Array(records)),
    op: fill(new Uint8Array(records)),
  };
}

/** Whole numbers, seven bits a byte, the lowest first; the sign in the lowest bit. */
class Bytes {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  get all(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  signed(value: number): void {
    let left = value < 0 ? -2 * value - 1 : 2 * value;
    if (this.#length + 10 > this.#bytes.length) {
      const more = new Uint8Array(2 * this.#bytes.length);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    for (; left >= 128; left = Math.floor(left / 128)) this.#bytes[this.#length++] = (left % 128) + 128;
    this.#bytes[this.#length++] = left;
  }
}

class Values {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  signed(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.#bytes[this.#at++];
      value += (byte % 128) * unit;
      if (byte < 128) break;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
