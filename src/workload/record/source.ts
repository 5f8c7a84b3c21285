import type { Sample } from './sample.ts';

/** What can be recorded. */
export interface Source {
  /** How it is now; null: it is gone. `time`: ns since the recording began. */
  look(time: number): Sample | null;
  /** What was found on the way that a reader of the recording should know; a sentence each. */
  readonly notes: ReadonlySet<string>;
  close(): void;
}
