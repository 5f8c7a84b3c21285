import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { isSystemError, systemText } from '../script/script-files.ts';
import { type TraceOpener, Traces } from '../script/traces.ts';
import { type Failure, failure } from '../script/world.ts';
import type { OpenTrace } from './save-state.ts';

/** The folder, within a session's, of the traces that its journal names. */
const SOURCES = 'sources';

/** Traces that tasks of a session read: from copies beside the journal, named by their SHA-256. */
export class KeptTraces {
  readonly #folder: string;
  readonly #opener: TraceOpener;
  readonly #traces: Traces;
  /** By task and SHA-256. */
  readonly #open = new Map<string, OpenTrace>();

  constructor(folder: string, opener: TraceOpener, open: readonly OpenTrace[] = []) {
    this.#folder = folder;
    this.#opener = opener;
    this.#traces = new Traces(opener, null, (source) => source.sha256());
    for (const each of open) this.#open.set(`${each.task} ${each.sha256}`, each);
  }

  /** For a save state. */
  get open(): readonly OpenTrace[] {
    return [...this.#open.values()];
  }

  /** Where a path of the journal is. */
  pathOf(kept: string): string {
    return isAbsolute(kept) ? kept : join(this.#folder, kept);
  }

  /** Copies a trace beside the journal. */
  async keep(
    path: string,
    format: string | null,
  ): Promise<{ readonly ok: true; readonly kept: string } | Failure> {
    const fault = format === null ? null : this.#opener.fault(format);
    if (fault !== null) return failure('mistake', fault);
    try {
      const source = await this.#opener.open(path, format, null);
      const sha256 = await source.sha256();
      await source.close();
      const kept = join(SOURCES, sha256, basename(path));
      const target = join(this.#folder, kept);
      if (existsSync(target)) return { ok: true, kept };
      await mkdir(join(this.#folder, SOURCES, sha256), { recursive: true, mode: 0o700 });
      await copyFile(path, `${target}.new`, constants.COPYFILE_FICLONE);
      await rename(`${target}.new`, target);
      return { ok: true, kept };
    } catch (error) {
      if (this.#opener.isFault(error)) return failure('world', error.message);
      if (isSystemError(error)) return failure('world', `${path}: ${systemText(error)}`);
      throw error;
    }
  }

  /** Opens a kept trace for a task. */
  async begin(task: string, kept: string, format: string | null) {
    const opened = await this.#traces.open(task, this.pathOf(kept), format);
    if (opened.ok)
      this.#open.set(`${task} ${opened.source}`, { task, sha256: opened.source, path: kept, format });
    return opened;
  }

  /** The records that the machine asked for. */
  async read(task: string, sha256: string, from: number) {
    if (!this.#traces.has(task, sha256)) {
      const known = this.#open.get(`${task} ${sha256}`);
      if (known === undefined) return failure('world', `the trace ${sha256} is not among the kept ones`);
      const opened = await this.begin(task, known.path, known.format);
      if (!opened.ok) return opened;
      if (opened.source !== sha256) return failure('world', `${known.path}: it is no longer what it was`);
    }
    return this.#traces.read(task, sha256, from);
  }

  close(): Promise<void> {
    return this.#traces.close();
  }
}
