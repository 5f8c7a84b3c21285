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
  readonly #byId = new Map<string, Known>();

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
        this.#byId.set(source.id, { path, format });
        return source;
      },
    };
  }

  find(id: string): Known | undefined {
    return this.#byId.get(id);
  }
}

/** The traces of a script, opened from their own paths. */
export class ScriptFeeds implements Feeds {
  readonly #known: KnownTraces;
  readonly #traces: Traces;

  constructor(known: KnownTraces) {
    this.#known = known;
    this.#traces = new Traces(known.opener, null, ({ id }) => id);
  }

  open(task: string, path: string, format: string | null) {
    return this.#traces.open(task, path, format);
  }

  async read(task: string, id: string, record: number) {
    if (!this.#traces.has(task, id)) {
      const known = this.#known.find(id);
      if (known === undefined) return failure('world', `nobody has opened the trace ${id}`);
      const opened = await this.open(task, known.path, known.format);
      if (!opened.ok) return opened;
      if (opened.source !== id) return failure('world', `${known.path}: it is no longer what it was`);
    }
    return this.#traces.read(task, id, record);
  }

  close(): Promise<void> {
    return this.#traces.close();
  }
}
