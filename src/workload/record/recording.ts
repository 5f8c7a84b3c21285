import { closeSync, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { openOutput } from '../../script/output-file.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { NO_TOTALS, NOTHING_YET, type Sample, type Totals, withSample } from './sample.ts';
import { type About, COMPLETED, footText, headText } from './script-head.ts';
import { StepText } from './step-text.ts';
import { Steps } from './steps.ts';

/** Text that waits to be written, in characters: about a second of a busy program. */
const FULL = 4_096;
const STDOUT = 1;

/**
 * A recording that is being made: samples go in, a script comes out. At each moment the file holds a whole
 * script of what came so far, whose first line says that it was cut short until that is no longer so.
 */
export class Recording {
  readonly #path: string;
  readonly about: About;
  readonly #ofTable: boolean;
  readonly #text: StepText;
  readonly #steps: Steps;
  #file: number | null = null;
  /** Where the next byte goes; null: the file can't be gone back in. */
  #end: number | null = null;
  #pending = '';
  #writtenAt = 0;
  totals: Totals = NO_TOTALS;
  last: Sample = NOTHING_YET;
  /** Bytes that went to the file. */
  written = 0;
  /** Why nothing more is written, in one sentence. */
  failure: string | null = null;

  /** `path`: `-` is standard output. `files`, `ofTable`: as those of Steps. */
  constructor(path: string, about: About, files: number | null, ofTable = false) {
    this.#path = path;
    this.about = about;
    this.#ofTable = ofTable;
    this.#text = new StepText(about.task, about.mapper);
    this.#steps = new Steps(
      (step) => {
        const lines = this.#text.lines(step);
        this.#pending += lines;
        return lines.length;
      },
      files,
      ofTable,
    );
    this.#guarded(() => {
      const file = path === '-' ? STDOUT : openOutput(path);
      this.#file = file;
      this.#end = file !== STDOUT && fstatSync(file).isFile() ? 0 : null;
    });
    this.#pending = headText(about);
    this.#flush();
  }

  add(sample: Sample): void {
    this.totals = withSample(this.totals, sample, this.#ofTable);
    this.last = sample;
    if (this.#file === null) return;
    this.#steps.add(sample);
    if (this.#pending.length >= FULL || sample.time - this.#writtenAt >= 1e9) {
      this.#writtenAt = sample.time;
      this.#flush();
    }
  }

  /** A line of the language in place of samples, after which it is so late, ns. */
  addLine(line: string, time: number): void {
    this.totals = { ...this.totals, time };
    this.#pending += `${line}\n`;
  }

  /** Writes what is left. `cut`: why it was cut short; null: it is complete. */
  end(notes: readonly string[], cut: string | null): void {
    this.#steps.end();
    this.#pending += footText(this.totals, this.about, notes, cut);
    this.#flush();
    const file = this.#file;
    if (file === null) return;
    this.#guarded(() => {
      if (cut === null && this.#end !== null) writeSync(file, COMPLETED, 0);
      if (file !== STDOUT) closeSync(file);
    });
    this.#file = null;
  }

  #flush(): void {
    const file = this.#file;
    if (file === null || this.#pending === '') return;
    const bytes = Buffer.from(this.#pending);
    this.#pending = '';
    this.#guarded(() => {
      writeAll(file, bytes, this.#end);
      this.written += bytes.length;
      if (this.#end !== null) this.#end += bytes.length;
    });
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.failure = `${this.#path}: ${systemText(error)}`;
      // Half a line is no line.
      if (this.#file !== null && this.#end !== null) ftruncateSync(this.#file, this.#end);
      if (this.#file !== null && this.#file !== STDOUT) closeSync(this.#file);
      this.#file = null;
    }
  }
}

/** `position`: null where the file can't be gone back in. */
function writeAll(file: number, bytes: Uint8Array, position: number | null): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at, bytes.length - at, position === null ? null : position + at);
    } catch (error) {
      // A pipe that is full, and that somebody made one that does not wait.
      if (!isSystemError(error) || error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PIPE_WAIT);
    }
  }
}

/** ms. */
const PIPE_WAIT = 5;
