import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { MachineOptions } from '../../../machine/machine.ts';
import { bootScriptFile } from '../../../script/package-files.ts';
import type { BootScript } from '../../../script/run.ts';
import { linesOf, type ScriptLines, STDIN, seenLines } from '../../../script/script-files.ts';
import { recordsOf, type TraceOpener, TraceStore } from '../../../script/traces.ts';
import type { TraceBatch } from '../../../task/behaviour.ts';
import { type Carried, OWN_BOOT, type Records } from './carried.ts';

/** What a page carries, before it is packed. */
export interface Carry extends Omit<Carried, 'traces' | 'runs' | 'until'> {
  readonly traces: readonly Records[];
  /** What sets each run apart from the others. */
  readonly apart: readonly Partial<MachineOptions>[];
}

/** More than this would make no page, however well it is compressed: characters of scripts, and records. */
const MOST_TEXT = 4 << 20;
const MOST_RECORDS = 1 << 20;

/** Notes down what the runs of a script read, so that their page can carry it. */
export class Carrier {
  readonly traces: TraceOpener;
  readonly #opener: TraceOpener;
  readonly #paths = new Set<string>();
  readonly #traces = new Map<string, { readonly path: string; readonly format: string | null }>();
  /** Standard input can be read once: its lines as they went by, and whether they are all. */
  #input = { text: '', whole: false };

  constructor(opener: TraceOpener) {
    this.#opener = opener;
    this.traces = {
      ...opener,
      open: (path, format, signal) => {
        this.#traces.set(`${format ?? ''} ${path}`, { path, format });
        return opener.open(path, format, signal);
      },
    };
  }

  /** As linesOf(). */
  lines(path: string, stdin: AsyncIterable<Uint8Array>, signal: AbortSignal): ScriptLines {
    const lines = linesOf(path, stdin, signal);
    this.#paths.add(path);
    return path === STDIN ? this.#notedDown(lines) : lines;
  }

  /** All that was read; a text: why it can't be carried. */
  async carry(
    what: Omit<Carry, 'texts' | 'traces' | 'boot'> & { readonly boot: BootScript },
  ): Promise<Carry | string> {
    const texts: Record<string, string> = {};
    const folder = dirname(bootScriptFile());
    // By memcg's own choice: of another policy or kernel it is another one.
    const isOwn = typeof what.boot === 'function';
    const isOwnBoot = (path: string): boolean =>
      isOwn && path !== what.script && dirname(path) === folder && basename(path).startsWith('boot');
    const boots = isOwn ? readdirSync(folder).filter((name) => /^boot.*\.memcg$/.test(name)) : [];
    const paths = [...this.#paths].filter((path) => !isOwnBoot(path));
    let length = 0;
    for (const [name, path] of [
      ...boots.map((each) => [each, join(folder, each)]),
      ...paths.map((path) => [path, path]),
    ]) {
      const text = path === STDIN && this.#input.whole ? this.#input.text : await textOf(path);
      if (text === null) return `${path} can't be read a second time`;
      length += text.length;
      if (length > MOST_TEXT) return 'the script is too long to be carried by a page';
      texts[name] = text;
    }
    const traces: Records[] = [];
    let records = 0;
    for (const { path, format } of this.#traces.values()) {
      const read = await this.#recordsOf(path, format);
      if (typeof read === 'string') return read;
      records += read.batches.reduce((sum, { time }) => sum + time.length, 0);
      if (records > MOST_RECORDS) return 'the recording is too large to be carried by a page';
      traces.push(read);
    }
    return { ...what, boot: typeof what.boot === 'function' ? OWN_BOOT : what.boot, texts, traces };
  }

  async #recordsOf(path: string, format: string | null): Promise<Records | string> {
    const store = new TraceStore({ opener: this.#opener });
    try {
      const opened = await store.open('', path, format);
      if (!opened.ok) return opened.message;
      const batches: TraceBatch[] = [];
      let files: readonly string[] = [];
      let records = 0;
      for await (const read of recordsOf(store, '', opened.source)) {
        if (!read.ok) return read.message;
        batches.push(read.batch);
        files = read.files;
        records += read.batch.time.length;
        if (records > MOST_RECORDS) return `${path} is too large to be carried by a page`;
      }
      return { path, format, files: [...files], batches };
    } finally {
      await store.close();
    }
  }

  #notedDown(lines: ScriptLines): ScriptLines {
    const noted = { text: '', whole: false };
    this.#input = noted;
    return seenLines(lines, (some) => {
      if (some === null) noted.whole = true;
      else if (!('kind' in some) && noted.text.length <= MOST_TEXT)
        noted.text += `${some.lines.join('\n')}\n`;
    });
  }
}

/** null: it can't be read, or is no script. */
async function textOf(path: string): Promise<string | null> {
  if (path === STDIN) return null;
  const lines = linesOf(path, null);
  const texts: string[] = [];
  try {
    for (;;) {
      const some = await lines.next();
      if (some === null) return texts.join('\n');
      if ('kind' in some || some.mistake !== null) return null;
      texts.push(...some.lines);
    }
  } finally {
    lines.close();
  }
}
