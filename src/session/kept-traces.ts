import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { isSystemError, systemText } from '../script/script-files.ts';
import { type TraceMemory, type TraceOpener, TraceStore } from '../script/traces.ts';
import { type Failure, failure } from '../script/world.ts';
import type { OpenTrace } from './save-state.ts';

/** The folder, within a session's, of the traces that its journal names. */
const SOURCES = 'sources';

/** Where a path of a session's journal is. */
export const keptPath = (folder: string, kept: string): string =>
  isAbsolute(kept) ? kept : join(folder, kept);

/** Traces that tasks of a session read: from copies beside the journal, known by their SHA-256. */
export class KeptTraces extends TraceStore {
  readonly #folder: string;
  readonly #opener: TraceOpener;

  constructor(folder: string, opener: TraceOpener, open: readonly OpenTrace[] = [], memory?: TraceMemory) {
    super({
      opener,
      nameOf: (source) => source.sha256(),
      placeOf: (path) => keptPath(folder, path),
      begun: open.map(({ sha256, ...rest }) => ({ ...rest, source: sha256 })),
      memory,
    });
    this.#folder = folder;
    this.#opener = opener;
  }

  /** For a save state. */
  get openTraces(): readonly OpenTrace[] {
    return this.begun.map(({ task, source, path, format }) => ({ task, sha256: source, path, format }));
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
}
