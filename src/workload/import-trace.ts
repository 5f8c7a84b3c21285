import { WRITE } from '../task/behaviour.ts';
import { openTrace } from './open-trace.ts';
import { quoted } from './trace-error.ts';

/** What a page trace holds, as far as it could be read. */
export interface TraceContents {
  /** In full, so that nothing is left to be guessed at replay. */
  readonly format: string;
  records: number;
  writes: number;
  pages: number;
  /** ns after the first record's. */
  lasts: number;
  files: number;
  /** Why the rest can't be read, in one sentence; null: it was read to its end. */
  damage: string | null;
  /** What was left out or taken for granted; a sentence each. */
  notes: readonly string[];
}

const BATCH = 65_536;

/** Reads a trace from one end to the other. Throws a TraceError if it is none. */
export async function readThrough(path: string, format: string | null): Promise<TraceContents> {
  const source = await openTrace(path, format === null ? {} : { format });
  const found: TraceContents = {
    format: source.format,
    records: 0,
    writes: 0,
    pages: 0,
    lasts: 0,
    files: 0,
    damage: null,
    notes: [],
  };
  try {
    for (let last = false; !last; ) {
      const read = await source.read(found.records, BATCH);
      last = read.last;
      const { time, count, op } = read.batch;
      found.records += time.length;
      found.writes += op.filter((each) => each === WRITE).length;
      found.pages += count.reduce((sum, each) => sum + each, 0);
      found.lasts = time.at(-1) ?? found.lasts;
      found.files = source.files.length;
    }
  } catch (error) {
    if (!(error instanceof Error) || found.records === 0) throw error;
    found.damage = error.message;
  } finally {
    const { empty, others = 0 } = source.skipped;
    found.notes = [
      ...source.notes,
      ...[...source.strange].map(
        ([op, times]) => `left out: ${times} of ${quoted(op)}, neither read nor write`,
      ),
      ...(others > 0 ? [`left out: ${others} of other series`] : []),
      ...(empty > 0 ? [`left out: ${empty} of no bytes`] : []),
    ];
    await source.close();
  }
  return found;
}
