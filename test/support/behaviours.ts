import { ns, pages } from '../../src/kernel/units.ts';
import type {
  Alloc,
  Free,
  MapFile,
  Sleep,
  Stream,
  Touch,
  Trace,
  TraceBatch,
} from '../../src/task/behaviour.ts';
import { READ, WRITE } from '../../src/task/behaviour.ts';

/** Behaviours with what a test does not care for filled in; sizes in pages. */

export const alloc = (size: number): Alloc => ({ kind: 'alloc', pages: pages(size) });

export const free = (size: number | null): Free => ({
  kind: 'free',
  pages: size === null ? null : pages(size),
});

export const map = (file: string, size: number): MapFile => ({ kind: 'map', file, pages: pages(size) });

export const sleep = (time: number): Sleep => ({ kind: 'sleep', time: ns(time) });

export const trace = (source: string, asap = false): Trace => ({ kind: 'trace', source, file: source, asap });

type Loose<T> = { -readonly [K in keyof T]?: T[K] extends number | null ? number | null : T[K] };

export const touch = (size: number | null, rest: Loose<Touch> = {}): Touch =>
  ({
    kind: 'touch',
    pages: size,
    pattern: { kind: 'seq' },
    times: rest.forTime === undefined ? 1 : null,
    forTime: null,
    write: false,
    rate: null,
    ...rest,
  }) as Touch;

export const stream = (file: string, size: number, rest: Loose<Stream> = {}): Stream =>
  ({
    kind: 'stream',
    file,
    pages: size,
    at: 0,
    write: false,
    random: false,
    times: 1,
    rate: null,
    block: 1,
    readahead: true,
    ...rest,
  }) as Stream;

/** One access of a trace, in pages and ns. */
export interface Access {
  readonly time: number;
  readonly page: number;
  readonly count?: number;
  readonly file?: number;
  readonly write?: boolean;
  /** READ or WRITE if left out. */
  readonly op?: number;
}

export const batchOf = (accesses: readonly Access[]): TraceBatch => ({
  time: Float64Array.from(accesses, (access) => access.time),
  file: Int32Array.from(accesses, (access) => access.file ?? 0),
  page: Float64Array.from(accesses, (access) => access.page),
  count: Int32Array.from(accesses, (access) => access.count ?? 1),
  op: Uint8Array.from(accesses, ({ op, write }) => op ?? (write === true ? WRITE : READ)),
});
