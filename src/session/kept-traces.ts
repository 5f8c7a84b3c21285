import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { size } from '../kernel/numbers.ts';
import { isSystemError, systemText } from '../script/script-files.ts';
import { type TraceMemory, type TraceOpener, TraceStore } from '../script/traces.ts';
import { type Failure, failure } from '../script/world.ts';
import type { OpenTrace } from './save-state.ts';

/** The folder, within a session's, of the traces that its journal names. */
const SOURCES = 'sources';

/** Where a path of a session's journal is. */
export const keptPath = (folder: string, kept: string): string =>
  isAbsolute(kept) ? kept : join(folder, kept);

interface KeptSettings {
  readonly open?: readonly OpenTrace[] | undefined;
  readonly memory?: TraceMemory;
  /** Bytes that the copies may take together. */
  readonly most?: number;
}

/** Traces that tasks of a session read: from copies beside the journal, known by their SHA-256. */
export class KeptTraces extends TraceStore {
  readonly #folder: string;
  readonly #opener: TraceOpener;
  readonly #most: number;

  constructor(
    folder: string,
    opener: TraceOpener,
    { open = [], memory, most = Infinity }: KeptSettings = {},
  ) {
    super({
      opener,
      nameOf: (source) => source.sha256(),
      placeOf: (path) => keptPath(folder, path),
      begun: open.map(({ sha256, ...rest }) => ({ ...rest, source: sha256 })),
      memory,
    });
    this.#folder = folder;
    this.#opener = opener;
    this.#most = most;
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
      const together = (await stat(path)).size + (await bytesIn(join(this.#folder, SOURCES)));
      if (together > this.#most) return failure('world', `${path}: ${this.#tooLarge(together)}`, WAY_ON);
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

  #tooLarge(bytes: number): string {
    return `the copies of traces that the session keeps would take ${size(bytes)}, where ${size(this.#most)} may be`;
  }
}

const WAY_ON =
  '`memcg replay` reads a trace where it is; or give the server more with `memcg up --host-memory SIZE`';

/** Of all files in a folder, at any depth. */
async function bytesIn(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => stat(join(parentPath, name)));
  return (await Promise.all(sizes)).reduce((sum, each) => sum + each.size, 0);
}
