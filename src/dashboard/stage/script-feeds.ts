import { type TraceOpener, Traces } from '../../script/traces.ts';
import { failure } from '../../script/world.ts';
import type { Feeds } from './feeds.ts';

interface Known {
  readonly path: string;
  readonly format: string | null;
}

/** Remembers which traces a script opened, so that others can open them again. */
export class KnownTraces {
  readonly #opener: TraceOpener;
  readonly #bySha256 = new Map<string, Known>();

  constructor(opener: TraceOpener) {
    this.#opener = opener;
  }

  /** The same opener, but one that remembers. */
  get opener(): TraceOpener {
    return {
      fault: (format) => this.#opener.fault(format),
      isFault: (error): error is Error => this.#opener.isFault(error),
      open: async (path, format, signal) => {
        const source = await this.#opener.open(path, format, signal);
        this.#bySha256.set(source.sha256, { path, format });
        return source;
      },
    };
  }

  find(sha256: string): Known | undefined {
    return this.#bySha256.get(sha256);
  }
}

/** The traces of a script, opened from their own paths. */
export class ScriptFeeds implements Feeds {
  readonly #known: KnownTraces;
  readonly #traces: Traces;

  constructor(known: KnownTraces) {
    this.#known = known;
    this.#traces = new Traces(known.opener, null);
  }

  open(task: string, path: string, format: string | null) {
    return this.#traces.open(task, path, format);
  }

  async read(task: string, sha256: string, record: number) {
    if (!this.#traces.has(task, sha256)) {
      const known = this.#known.find(sha256);
      if (known === undefined) return failure('world', `nobody has opened the trace ${sha256}`);
      const opened = await this.open(task, known.path, known.format);
      if (!opened.ok) return opened;
      if (opened.sha256 !== sha256) return failure('world', `${known.path}: it is no longer what it was`);
    }
    return this.#traces.read(task, sha256, record);
  }

  close(): Promise<void> {
    return this.#traces.close();
  }
}
