import { closeSync, writeSync } from 'node:fs';
import type { TraceEvent } from '../../kernel/trace.ts';
import { openOutput } from '../../script/output-file.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { eventJson } from './event-json.ts';

const FULL = 1 << 16;

/**
 * Trace events as JSON lines in a file. Written in between by blocking calls: a
 * machine that runs makes more of them than memory could hold until it pauses.
 */
export class EventLog {
  readonly #path: string;
  #file: number | null = null;
  #pending = '';
  /** Why nothing more is written, in one sentence. */
  failure: string | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#guarded(() => {
      this.#file = openOutput(path);
    });
  }

  add(event: TraceEvent): void {
    if (this.failure !== null) return;
    this.#pending += `${JSON.stringify(eventJson(event))}\n`;
    if (this.#pending.length >= FULL) this.flush();
  }

  close(): void {
    this.flush();
    const file = this.#file;
    this.#file = null;
    if (file !== null) this.#guarded(() => closeSync(file));
  }

  flush(): void {
    const file = this.#file;
    const data = Buffer.from(this.#pending);
    this.#pending = '';
    if (file === null || this.failure !== null) return;
    this.#guarded(() => {
      for (let at = 0; at < data.length; ) at += writeSync(file, data, at);
    });
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.failure ??= `${this.#path}: ${systemText(error)}`;
    }
  }
}
